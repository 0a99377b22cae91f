namespace ZoomCalendar.Web.Components.Pages.Team;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class TeamStrings;
