namespace ZoomCalendar.Web.Components.Pages.Messages;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class MessagesStrings;
