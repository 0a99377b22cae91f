using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Webhooks;

public enum WebhookType
{
    AppointmentCreate,
    AppointmentUpdate,
    AppointmentDelete,
    LinkChanged,
}

public static class WebhookTypes
{
    /// <summary>
    /// What a program hears of; a reused or dropped link comes with the appointment's own change, so it is told once.
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

    public static IReadOnlyList<EventKind> SubscribableKinds { get; } = [.. Enum.GetValues<EventKind>().Where(kind => Of(kind) is not null)];

    public static string Join(IEnumerable<WebhookType> types) => string.Join(' ', types.Distinct().Order());

    public static IReadOnlyList<WebhookType> Split(string types) =>
        [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<WebhookType>)];
}
