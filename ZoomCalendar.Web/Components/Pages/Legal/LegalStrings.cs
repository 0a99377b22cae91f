namespace ZoomCalendar.Web.Components.Pages.Legal;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class LegalStrings;
