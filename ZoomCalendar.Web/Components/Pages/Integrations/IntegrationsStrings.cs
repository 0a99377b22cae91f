namespace ZoomCalendar.Web.Components.Pages.Integrations;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class IntegrationsStrings;
