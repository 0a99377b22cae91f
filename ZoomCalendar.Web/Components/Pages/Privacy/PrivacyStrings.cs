namespace ZoomCalendar.Web.Components.Pages.Privacy;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class PrivacyStrings;
