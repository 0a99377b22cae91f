namespace ZoomCalendar.Web.Components.Layout;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class LayoutStrings;
