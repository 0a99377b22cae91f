namespace ZoomCalendar.Web.Components.Pages.Activity;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class ActivityStrings;
