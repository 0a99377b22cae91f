using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>An appointment for the API, with the facts of its link.</summary>
/// <param name="Appointment">The appointment.</param>
/// <param name="Meeting">Its slot meeting; null if there is none.</param>
/// <param name="Account">The state of the Zoom account that serves the meeting; null if none is connected.</param>
/// <param name="Users">The users whose time it takes.</param>
public sealed record AppointmentView(Appointment Appointment, SlotMeeting? Meeting, ZoomAccountState? Account, IReadOnlyList<UserId> Users)
{
    /// <summary>The facts of its link.</summary>
    public LinkFacts Link(DateTimeOffset now) => LinkFacts.Of(Appointment, Meeting, Account, now);
}

/// <summary>One entry of an appointment's history.</summary>
/// <param name="Event">The event.</param>
/// <param name="NewStart">The new start of a move; null for other events.</param>
public sealed record HistoryEvent(Event Event, DateTimeOffset? NewStart);

/// <summary>Selects appointments that overlap [From, To). A page continues after a (start, id) pair.</summary>
public sealed record AppointmentQuery(SubAccountId SubAccountId, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Only appointments that take this user's time; null for all.</summary>
    public UserId? User { get; init; }

    /// <summary>Only appointments of this calendar; null for all.</summary>
    public CalendarId? Calendar { get; init; }

    /// <summary>The last appointment of the previous page; null for the first page.</summary>
    public (DateTimeOffset Start, AppointmentId Id)? After { get; init; }

    /// <summary>The size of the page; null for no limit.</summary>
    public int? Limit { get; init; }
}

/// <summary>The API's queries. Deleted appointments are left out. Thread-safe.</summary>
public sealed class AppointmentQueries(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Finds an appointment; null if there is none in this sub-account.</summary>
    public async Task<AppointmentView?> FindAsync(
        AppointmentId id, SubAccountId subAccount, CancellationToken cancellationToken, bool evenDeleted = false)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var views = await ViewsAsync(
            db,
            db.Appointments.Where(row => row.Id == id && row.SubAccountId == subAccount
                && (evenDeleted || row.Status != AppointmentStatus.Deleted)),
            cancellationToken);
        return views.Count == 0 ? null : views[0];
    }

    /// <summary>Lists the selected appointments, ordered by start and id.</summary>
    public async Task<IReadOnlyList<AppointmentView>> ListAsync(AppointmentQuery query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Selected(db, query).OrderBy(row => row.Start).ThenBy(row => row.Id);
        return await ViewsAsync(db, query.Limit is { } limit ? rows.Take(limit) : rows, cancellationToken);
    }

    /// <summary>Whether more appointments than this are selected. Reads no more of them than needed to tell.</summary>
    public async Task<bool> AreMoreThanAsync(int count, AppointmentQuery query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Selected(db, query).Select(row => row.Id).Skip(count).AnyAsync(cancellationToken);
    }

    /// <summary>The appointment's events after the given one, oldest first; null if there is no such appointment.</summary>
    public async Task<IReadOnlyList<HistoryEvent>?> HistoryAsync(
        AppointmentId id, SubAccountId subAccount, long after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Appointments.AnyAsync(row => row.Id == id && row.SubAccountId == subAccount, cancellationToken))
        {
            return null;
        }

        return await db.Events.AsNoTracking()
            .Where(row => row.AppointmentId == id && row.Id > after)
            .OrderBy(row => row.Id)
            .Take(limit)
            .Select(row => new HistoryEvent(
                row,
                row.Kind != EventKind.AppointmentMoved ? null
                    : db.Set<Event>().Where(later => later.AppointmentId == id && later.Id > row.Id
                        && later.Kind == EventKind.AppointmentMoved)
                        .OrderBy(later => later.Id).Select(later => later.FormerStart).FirstOrDefault()
                    ?? db.Set<Appointment>().Where(appointment => appointment.Id == id)
                        .Select(appointment => (DateTimeOffset?)appointment.Start).FirstOrDefault()))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Appointment> Selected(ZoomCalendarContext db, AppointmentQuery query)
    {
        var earliest = query.From - Appointment.Longest;
        var rows = db.Appointments
            .Where(row => row.SubAccountId == query.SubAccountId && row.Status != AppointmentStatus.Deleted)
            .Where(row => row.Start >= earliest && row.Start < query.To && row.End > query.From);
        if (query.Calendar is { } calendar)
        {
            rows = rows.Where(row => row.CalendarId == calendar);
        }

        if (query.User is { } user)
        {
            rows = rows.Where(row => row.HostId == user
                || db.Set<BusyTime>().Any(time => time.AppointmentId == row.Id && time.UserId == user));
        }

        if (query.After is var (start, id))
        {
            rows = rows.Where(row => row.Start > start || (row.Start == start && row.Id.CompareTo(id) > 0));
        }

        return rows;
    }

    private static async Task<List<AppointmentView>> ViewsAsync(
        ZoomCalendarContext db, IQueryable<Appointment> appointments, CancellationToken cancellationToken)
    {
        var rows = await (
            from appointment in appointments.AsNoTracking()
            join meeting in db.SlotMeetings.AsNoTracking() on appointment.SlotMeetingId equals (SlotMeetingId?)meeting.Id into meetings
            from meeting in meetings.DefaultIfEmpty()
            select new
            {
                appointment,
                meeting,
                Account = db.Set<ZoomAccount>().Where(account => account.Key == meeting.ZoomUserKey)
                    .Select(account => (ZoomAccountState?)account.State).FirstOrDefault(),
                Users = db.Set<BusyTime>().Where(time => time.AppointmentId == appointment.Id).Select(time => time.UserId).ToList(),
            }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new AppointmentView(
                row.appointment,
                row.meeting,
                row.Account,
                row.Users.Count > 0 ? row.Users : row.appointment.HostId is { } host ? [host] : [])),
        ];
    }
}
