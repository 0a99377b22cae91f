using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Activity;

/// <summary>Maps event kinds to topics.</summary>
public static class ActivityTopics
{
    /// <summary>The topic of an event kind.</summary>
    public static ActivityTopic Of(EventKind kind) => kind switch
    {
        EventKind.AppointmentBooked or EventKind.AppointmentEdited or EventKind.AppointmentMoved or EventKind.AppointmentCancelled
            or EventKind.AppointmentRestored or EventKind.AppointmentDeleted or EventKind.AppointmentStatusChanged
            or EventKind.AppointmentAskedAgain or EventKind.BookerChanged or EventKind.ConfirmationSentAgain
            or EventKind.WaitingListChanged => ActivityTopic.Appointments,
        EventKind.ConnectionMade or EventKind.ConnectionLost or EventKind.ConnectionRestored or EventKind.ConnectionEnded =>
            ActivityTopic.Connections,
        EventKind.QuotaNear or EventKind.QuotaUsedUp => ActivityTopic.Quota,
        EventKind.CalendarChanged or EventKind.MembershipChanged or EventKind.MessagesChanged => ActivityTopic.Settings,
        _ => ActivityTopic.Links,
    };

    /// <summary>The event kinds of a topic.</summary>
    public static IReadOnlyList<EventKind> KindsOf(ActivityTopic topic) =>
        [.. Enum.GetValues<EventKind>().Where(kind => Of(kind) == topic)];
}
