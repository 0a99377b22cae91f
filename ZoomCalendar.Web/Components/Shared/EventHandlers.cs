using Microsoft.AspNetCore.Components;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>
/// <c>@onedited</c>: a field inside of the element was changed. Blazor gives <c>onchange</c> to the field alone; see <c>editing.js</c>,
/// which registers this one.
/// </summary>
[EventHandler("onedited", typeof(EventArgs))]
public static class EventHandlers;
