namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class ScheduleStrings;
