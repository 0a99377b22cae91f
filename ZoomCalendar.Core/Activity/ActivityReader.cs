using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Activity;

/// <summary>A group of event kinds, for filtering.</summary>
public enum ActivityTopic
{
    Appointments,
    Links,
    Connections,
    Quota,
    Settings,
}

/// <summary>Selects events. All conditions apply together.</summary>
public sealed record ActivityQuery
{
    /// <summary>Only events of this topic; null for all.</summary>
    public ActivityTopic? Topic { get; init; }

    /// <summary>Only events of this appointment and of the meeting it shares; null for all.</summary>
    public AppointmentId? AppointmentId { get; init; }

    /// <summary>The person concerned, or the actor.</summary>
    public UserId? Person { get; init; }

    /// <summary>Only events older than this one, for the next page.</summary>
    public long? Before { get; init; }

    /// <summary>The size of the page, 1 to 200.</summary>
    public int Take { get; init; } = 30;
}

/// <summary>One event with the names that its sentence needs. Names are null if the row is gone or not set.</summary>
public sealed record ActivityEntry(
    long Id,
    DateTimeOffset At,
    EventKind Kind,
    string Detail,
    AppointmentId? AppointmentId,
    string? AppointmentTitle,
    DateTimeOffset? AppointmentStart,
    string? CalendarName,
    string? PersonName,
    string? ActorName)
{
    /// <summary>For a move, the former start.</summary>
    public DateTimeOffset? FormerStart { get; init; }

    /// <summary>For a move, the new start.</summary>
    public DateTimeOffset? NewStart { get; init; }

    /// <summary>For a move, the former host's name if the host changed.</summary>
    public string? FormerPersonName { get; init; }

    public ActivityTopic Topic => ActivityTopics.Of(Kind);
}

/// <summary>One page of events, newest first.</summary>
/// <param name="Entries">The events.</param>
/// <param name="Next">The <see cref="ActivityQuery.Before"/> of the next page; null on the last page.</param>
public sealed record ActivityResults(IReadOnlyList<ActivityEntry> Entries, long? Next);

/// <summary>Reads events page by page, newest first. Admins see all events of the sub-account, users their own. Thread-safe.</summary>
public sealed class ActivityReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int MaxTaken = 200;

    /// <summary>Reads one page of at most 200 events; empty for actors who are not members.</summary>
    public async Task<ActivityResults> ReadAsync(ActivityQuery query, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not { } role)
        {
            return new ActivityResults([], null);
        }

        var take = Math.Clamp(query.Take, 1, MaxTaken);
        var sources = await ActivitySources.OfAsync(db, query, actor, role, cancellationToken);
        var ids = await sources
            .Select(source => source.OrderByDescending(entry => entry.Id).Select(entry => entry.Id).Take(take + 1))
            .Aggregate((one, other) => one.Union(other))
            .OrderByDescending(id => id).Take(take + 1)
            .ToListAsync(cancellationToken);
        var entries = await WithNames(db, db.Events.AsNoTracking().Where(entry => ids.Contains(entry.Id))).ToListAsync(cancellationToken);
        return entries.Count > take ? new ActivityResults(entries[..take], entries[take - 1].Id) : new ActivityResults(entries, null);
    }

    internal static IQueryable<ActivityEntry> WithNames(ZoomCalendarContext db, IQueryable<Event> events) =>
        from entry in events
        from appointment in db.Set<Appointment>().Where(row => row.Id == entry.AppointmentId).DefaultIfEmpty()
        from calendar in db.Set<Calendar>().Where(row => row.Id == entry.CalendarId).DefaultIfEmpty()
        from person in db.Set<User>().Where(row => row.Id == entry.UserId).DefaultIfEmpty()
        from actor in db.Set<User>().Where(row => row.Id == entry.ActorId).DefaultIfEmpty()
        orderby entry.Id descending
        select new ActivityEntry(
            entry.Id,
            entry.At,
            entry.Kind,
            entry.Detail,
            entry.AppointmentId,
            appointment.Title,
            appointment == null ? null : appointment.Start,
            calendar.Name,
            person.Name,
            actor.Name)
        {
            FormerStart = entry.FormerStart,
            // The new start is the former start of the next move, or the present start.
            NewStart = entry.Kind != EventKind.AppointmentMoved ? null
                : db.Set<Event>().Where(later => later.AppointmentId == entry.AppointmentId && later.Id > entry.Id
                    && later.Kind == EventKind.AppointmentMoved)
                    .OrderBy(later => later.Id).Select(later => later.FormerStart)
                    .FirstOrDefault() ?? (appointment == null ? null : appointment.Start),
            FormerPersonName = db.Set<User>().Where(row => row.Id == entry.FormerUserId && entry.FormerUserId != entry.UserId)
                .Select(row => row.Name).FirstOrDefault(),
        };
}
