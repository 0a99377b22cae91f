using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Activity;

/// <summary>
/// The queries whose union is the selected activity. Each is found, newest first, by one index, so that a page costs the same whatever the
/// past. One query with "or" between the conditions would read the events of the sub-account until a page is full.
/// </summary>
internal static class ActivitySources
{
    /// <summary>Of so many appointments that were given to a host, the newest, the host sees what became of them before.</summary>
    private const int MostGiven = 1_000;

    public static async Task<IReadOnlyList<IQueryable<Event>>> OfAsync(
        ZoomCalendarContext db, ActivityQuery query, Actor actor, Role role, CancellationToken cancellationToken)
    {
        var (here, before) = (actor.SubAccountId, query.Before ?? long.MaxValue);
        var older = db.Events.AsNoTracking().Where(entry => entry.Id < before);
        var all = older.Where(entry => entry.SubAccountId == here);
        if (query.AppointmentId is { } appointment)
        {
            var own = db.Set<Appointment>().Where(row => row.Id == appointment && row.SubAccountId == here);
            return Selected(
                // Without the sub-account, which would offer a longer index: the appointment has it.
                older.Where(entry => entry.AppointmentId == appointment && own.Any()),
                // Events of the shared meeting belong to the appointment's history too.
                own.Where(row => row.SlotMeetingId != null).SelectMany(
                    row => all.Where(entry => entry.AppointmentId == null && entry.SlotMeetingId == row.SlotMeetingId)));
        }

        if (query.Person is { } person)
        {
            return Selected(all.Where(entry => entry.UserId == person), all.Where(entry => entry.ActorId == person));
        }

        if (role is not Role.Admin)
        {
            var me = actor.UserId;
            var given = await db.Events
                .Where(entry => entry.SubAccountId == here && entry.Kind == EventKind.AppointmentMoved && entry.UserId == me
                    // Compared with the column, as the partial index has it.
                    && entry.UserId != null && entry.FormerUserId != null && entry.FormerUserId != entry.UserId)
                .OrderByDescending(entry => entry.Id).Take(MostGiven).Select(entry => entry.AppointmentId).Distinct()
                .ToListAsync(cancellationToken);
            return Selected(
                all.Where(entry => entry.UserId == me),
                all.Where(entry => entry.ActorId == me),
                older.Where(entry => given.Contains(entry.AppointmentId)));
        }

        return query.Topic is { } topic
            ? [.. ActivityTopics.KindsOf(topic).Select(kind => all.Where(entry => entry.Kind == kind))]
            : [all];

        IReadOnlyList<IQueryable<Event>> Selected(params IReadOnlyList<IQueryable<Event>> sources) =>
            [.. sources.Select(source => Filter(db, source, query, actor, role))];
    }

    private static IQueryable<Event> Filter(
        ZoomCalendarContext db, IQueryable<Event> events, ActivityQuery query, Actor actor, Role role)
    {
        if (role is not Role.Admin)
        {
            var me = actor.UserId;
            events = events.Where(entry => entry.UserId == me || entry.ActorId == me
                || db.Set<Appointment>().Any(row => row.Id == entry.AppointmentId && row.HostId == me));
        }

        if (query.Topic is { } topic)
        {
            var kinds = ActivityTopics.KindsOf(topic);
            events = events.Where(entry => kinds.Contains(entry.Kind));
        }

        return query.Person is { } person ? events.Where(entry => entry.UserId == person || entry.ActorId == person) : events;
    }
}
