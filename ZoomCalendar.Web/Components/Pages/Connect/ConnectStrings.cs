namespace ZoomCalendar.Web.Components.Pages.Connect;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class ConnectStrings;
