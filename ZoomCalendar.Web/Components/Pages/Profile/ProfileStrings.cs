namespace ZoomCalendar.Web.Components.Pages.Profile;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class ProfileStrings;
