using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>The types of outgoing webhooks. Stored as text.</summary>
public enum WebhookType
{
    AppointmentCreate,
    AppointmentUpdate,
    AppointmentDelete,
    LinkChanged,
}

/// <summary>Maps events to webhook types, and stores lists of types as text.</summary>
public static class WebhookTypes
{
    /// <summary>
    /// The webhook type of an event. Null: not delivered. A reused or dropped link is part of the appointment's own change, so it has no
    /// type.
    /// </summary>
    public static WebhookType? Of(EventKind kind) => kind switch
    {
        EventKind.AppointmentBooked => WebhookType.AppointmentCreate,
        EventKind.AppointmentEdited or EventKind.AppointmentMoved or EventKind.AppointmentCancelled
            or EventKind.AppointmentRestored or EventKind.AppointmentStatusChanged => WebhookType.AppointmentUpdate,
        EventKind.AppointmentDeleted => WebhookType.AppointmentDelete,
        EventKind.LinkReady or EventKind.LinkLost or EventKind.LinkChanged or EventKind.LinkMissed => WebhookType.LinkChanged,
        _ => null,
    };

    public static string Join(IEnumerable<WebhookType> types) => string.Join(' ', types.Distinct().Order());

    public static IReadOnlyList<WebhookType> Split(string types) =>
        [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<WebhookType>)];
}
