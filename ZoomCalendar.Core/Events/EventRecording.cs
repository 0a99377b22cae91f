using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>Adds events to the context. They are saved with the change that they describe.</summary>
internal static class EventRecording
{
    /// <summary>Adds the event of a settings change. The sentence must not contain an address, a phone number or a link.</summary>
    public static void AddEvent(
        this ZoomCalendarContext db,
        Actor actor,
        EventKind kind,
        UserId? user,
        CalendarId? calendar,
        string sentence,
        DateTimeOffset now) =>
        db.AddEvent(kind, actor.SubAccountId, user, actor.UserId, sentence, now, calendar);

    /// <summary>Adds an event, saved with the caller's transaction. A null actor is the app itself or a booker.</summary>
    public static void AddEvent(
        this ZoomCalendarContext db,
        EventKind kind,
        SubAccountId subAccount,
        UserId? user,
        UserId? actor,
        string detail,
        DateTimeOffset now,
        CalendarId? calendar = null) =>
        db.Events.Add(new Event
        {
            At = now,
            SubAccountId = subAccount,
            Kind = kind,
            UserId = user,
            CalendarId = calendar,
            ActorId = actor,
            Detail = detail,
        });
}
