namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class CalendarsStrings;
