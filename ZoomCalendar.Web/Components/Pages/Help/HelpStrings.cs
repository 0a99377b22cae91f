namespace ZoomCalendar.Web.Components.Pages.Help;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class HelpStrings;
