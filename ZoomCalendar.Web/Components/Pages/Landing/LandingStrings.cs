namespace ZoomCalendar.Web.Components.Pages.Landing;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class LandingStrings;
