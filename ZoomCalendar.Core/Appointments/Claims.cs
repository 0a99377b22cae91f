using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>What takes the possible hosts' time in a range: appointments of all their sub-accounts and blocked times. Written and read in one statement each.</summary>
internal sealed class Claims
{
    private readonly ILookup<UserId?, Row> _byUser;
    private readonly IReadOnlyList<Row> _rows;

    private Claims(IReadOnlyList<Row> rows)
    {
        _rows = rows;
        _byUser = rows.ToLookup(row => row.UserId);
    }

    public IReadOnlyList<Taken> WithoutHost =>
        [.. _rows.Where(row => row is { AppointmentId: not null, UserId: null }).Select(row => row.ToTaken())];

    public static async Task<Claims> ReadAsync(
        ZoomCalendarContext db, Calendar calendar, IReadOnlyList<UserId> users, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        UserId?[] blockedUsers = [.. users.Select(user => (UserId?)user)];
        var countsDays = calendar.Rules.DayLimit is not null;
        var taken = !calendar.HasHost ? WithoutHostQuery(db, calendar.Id, from, to) : db.TakenTimes
            .Where(row => row.Start >= from && row.Start < to && (users.Contains(row.UserId) || (countsDays && row.CalendarId == calendar.Id)))
            .Select(row => new Row
            {
                UserId = row.UserId,
                AppointmentId = row.AppointmentId,
                CalendarId = row.CalendarId,
                HostId = row.HostId,
                Start = row.Start,
                End = row.End,
                BufferBefore = row.BufferBeforeMinutes,
                BufferAfter = row.BufferAfterMinutes,
            });
        var blocked = db.BlockedTimes
            .Where(row => row.End > from && row.Start < to && (blockedUsers.Contains(row.UserId) || row.CalendarId == calendar.Id))
            .Select(row => new Row
            {
                UserId = row.UserId,
                AppointmentId = null,
                CalendarId = row.CalendarId,
                HostId = null,
                Start = row.Start,
                End = row.End,
                BufferBefore = 0,
                BufferAfter = 0,
            });

        return new Claims(await taken.Concat(blocked).ToListAsync(cancellationToken));
    }

    /// <summary>Writes the claims of a saved, active appointment: on its host's time, or on every member's of a collective calendar.</summary>
    public static Task WriteAsync(ZoomCalendarContext db, AppointmentId appointment, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO taken_times ("AppointmentId", "UserId", "CalendarId", "HostId", "Start", "End", "BufferBeforeMinutes", "BufferAfterMinutes", "DoubleBook")
             SELECT a."Id", m."UserId", a."CalendarId", a."HostId", a."Start", a."End", a."BufferBeforeMinutes", a."BufferAfterMinutes", a."DoubleBook"
             FROM appointments a
             JOIN calendars c ON c."Id" = a."CalendarId"
             JOIN calendar_members m ON m."CalendarId" = a."CalendarId" AND (m."UserId" = a."HostId" OR (c."Type" = 'Collective' AND c."Version" = 'V3'))
             WHERE a."Id" = {appointment.Value}
             """, cancellationToken);

    public static Task EraseAsync(ZoomCalendarContext db, AppointmentId appointment, CancellationToken cancellationToken) =>
        db.TakenTimes.Where(row => row.AppointmentId == appointment).ExecuteDeleteAsync(cancellationToken);

    public IReadOnlyList<Taken> TakenOf(UserId user) =>
        [.. _byUser[user].Where(row => row.AppointmentId is not null).Select(row => row.ToTaken())];

    /// <summary>The user's; null: those of the calendar as a whole.</summary>
    public IReadOnlyList<Blocked> BlockedOf(UserId? user) =>
    [
        .. _byUser[user].Where(row => row.AppointmentId is null)
            .Select(row => new Blocked(Instant.FromDateTimeOffset(row.Start), Instant.FromDateTimeOffset(row.End))),
    ];

    /// <summary>One for each appointment of the calendar, however many members' time it takes.</summary>
    public IReadOnlyList<DayStart> StartsOf(CalendarId calendar) =>
    [
        .. _rows.Where(row => row.AppointmentId is not null && row.CalendarId == calendar && row.UserId == row.HostId)
            .Select(row => new DayStart(row.AppointmentId!.Value.Value, Instant.FromDateTimeOffset(row.Start))),
    ];

    private static IQueryable<Row> WithoutHostQuery(ZoomCalendarContext db, CalendarId calendar, DateTimeOffset from, DateTimeOffset to) =>
        db.Appointments
            .Where(row => row.CalendarId == calendar && row.Start >= from && row.Start < to)
            .Where(row => row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed
                || row.Status == AppointmentStatus.Showed || row.Status == AppointmentStatus.NoShow)
            .Select(row => new Row
            {
                UserId = null,
                AppointmentId = row.Id,
                CalendarId = row.CalendarId,
                HostId = null,
                Start = row.Start,
                End = row.End,
                BufferBefore = row.BufferBeforeMinutes,
                BufferAfter = row.BufferAfterMinutes,
            });

    private sealed class Row
    {
        public UserId? UserId { get; init; }

        public AppointmentId? AppointmentId { get; init; }

        public CalendarId? CalendarId { get; init; }

        public UserId? HostId { get; init; }

        public DateTimeOffset Start { get; init; }

        public DateTimeOffset End { get; init; }

        public int BufferBefore { get; init; }

        public int BufferAfter { get; init; }

        public Taken ToTaken() => new(
            AppointmentId!.Value.Value,
            CalendarId!.Value.Value,
            HostId?.Value,
            Instant.FromDateTimeOffset(Start),
            Instant.FromDateTimeOffset(End),
            Duration.FromMinutes(BufferBefore),
            Duration.FromMinutes(BufferAfter));
    }
}
