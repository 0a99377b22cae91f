namespace ZoomCalendar.Web.Components.Pages.Status;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class StatusStrings;
