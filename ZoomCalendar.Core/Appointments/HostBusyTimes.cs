using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The busy times of the possible hosts in a range: appointments of all their sub-accounts and blocked times. Read in one statement.
/// </summary>
internal sealed class HostBusyTimes
{
    private static readonly CompiledQuery<
        Func<ZoomCalendarContext, List<UserId?>, CalendarId?, bool, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<BusyTimeRow>>>
        Rows = new(() => EF.CompileAsyncQuery(
            (ZoomCalendarContext db, List<UserId?> users, CalendarId? calendar, bool countsDays, DateTimeOffset from, DateTimeOffset to) =>
                db.Set<BusyTimeRow>()
                    .Where(row => row.Reach >= from && row.Start < to)
                    .Where(row => users.Contains(row.UserId)
                        || (row.CalendarId == calendar && (countsDays || row.UserId == null)))));

    private readonly ILookup<UserId?, BusyTimeRow> _byUser;
    private readonly IReadOnlyList<BusyTimeRow> _rows;

    private HostBusyTimes(IReadOnlyList<BusyTimeRow> rows)
    {
        _rows = rows;
        _byUser = rows.ToLookup(row => row.UserId);
    }

    public IReadOnlyList<BookedInterval> BookedWithoutHost =>
        [.. _rows.Where(row => row is { AppointmentId: not null, UserId: null }).Select(row => row.ToBookedInterval())];

    public static async Task<HostBusyTimes> ReadAsync(
        ZoomCalendarContext db,
        Calendar calendar,
        IReadOnlyList<UserId> users,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken)
    {
        List<UserId?> wanted = [.. users.Select(user => (UserId?)user)];
        var countsDays = calendar.Rules.DayLimit is not null;
        var id = (CalendarId?)calendar.Id;
        return new HostBusyTimes(await Rows.For(db)(db, wanted, id, countsDays, from, to).ToListAsync(cancellationToken));
    }

    /// <summary>
    /// The busy times of an active appointment: its host's and every attendee's. Empty if it is not active or has no host.
    /// </summary>
    public static IReadOnlyList<BusyTime> Of(Appointment appointment, IReadOnlyList<UserId> attendees) =>
        appointment is { IsActive: true, HostId: { } host }
        ?
        [
            .. attendees.Append(host).Distinct().Select(user => new BusyTime
            {
                AppointmentId = appointment.Id,
                UserId = user,
                CalendarId = appointment.CalendarId,
                HostId = host,
                Start = appointment.Start,
                End = appointment.End,
                BufferBeforeMinutes = appointment.BufferBeforeMinutes,
                BufferAfterMinutes = appointment.BufferAfterMinutes,
                DoubleBook = appointment.DoubleBook,
            }),
        ]
        : [];

    public static Task EraseAsync(
        ZoomCalendarContext db, IReadOnlyCollection<AppointmentId> appointments, CancellationToken cancellationToken) =>
        db.BusyTimes.Where(row => appointments.Contains(row.AppointmentId)).ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// Changes the end of an appointment's busy times. The users stay those of its booking, whoever the calendar's members are today.
    /// </summary>
    public static Task ChangeEndAsync(
        ZoomCalendarContext db, AppointmentId appointment, DateTimeOffset end, CancellationToken cancellationToken) =>
        db.BusyTimes.Where(row => row.AppointmentId == appointment)
            .ExecuteUpdateAsync(row => row.SetProperty(taken => taken.End, end), cancellationToken);

    public IReadOnlyList<BookedInterval> BookedOf(UserId user) =>
        [.. _byUser[user].Where(row => row.AppointmentId is not null).Select(row => row.ToBookedInterval())];

    /// <summary>The user's blocked times; for null those of the whole calendar.</summary>
    public IReadOnlyList<BlockedInterval> BlockedOf(UserId? user) =>
    [
        .. _byUser[user].Where(row => row.AppointmentId is null)
            .Select(row => new BlockedInterval(Instant.FromDateTimeOffset(row.Start), Instant.FromDateTimeOffset(row.End))),
    ];

    /// <summary>The starts of the calendar's appointments, one per appointment even if it takes several members' time.</summary>
    public IReadOnlyList<AppointmentStart> StartsOf(CalendarId calendar) =>
    [
        .. _rows.Where(row => row is { AppointmentId: not null, IsWaiting: false } && row.CalendarId == calendar
            && row.UserId == row.HostId)
            .Select(row => new AppointmentStart(row.AppointmentId!.Value.Value, Instant.FromDateTimeOffset(row.Start))),
    ];
}
