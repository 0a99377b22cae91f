using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

internal static class EventRecording
{
    /// <summary>A change of settings; the sentence names no place, number or link.</summary>
    public static void AddEvent(this ZoomCalendarContext db, Actor actor, EventKind kind, UserId? user, CalendarId? calendar, string sentence, DateTimeOffset now) =>
        db.Events.Add(new Event
        {
            At = now,
            SubAccountId = actor.SubAccountId,
            Kind = kind,
            UserId = user,
            CalendarId = calendar,
            ActorId = actor.UserId,
            Detail = sentence,
        });
}
