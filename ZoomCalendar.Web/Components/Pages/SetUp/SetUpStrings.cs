namespace ZoomCalendar.Web.Components.Pages.SetUp;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class SetUpStrings;
