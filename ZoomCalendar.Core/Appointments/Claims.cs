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
    private static readonly CompiledQuery<Func<ZoomCalendarContext, List<UserId?>, CalendarId?, bool, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<Claim>>> Rows = new(() => EF.CompileAsyncQuery(
        (ZoomCalendarContext db, List<UserId?> users, CalendarId? calendar, bool countsDays, DateTimeOffset from, DateTimeOffset to) => db.Claims
            .Where(row => row.Reach >= from && row.Start < to)
            .Where(row => users.Contains(row.UserId) || (row.CalendarId == calendar && (countsDays || row.UserId == null)))));

    private readonly ILookup<UserId?, Claim> _byUser;
    private readonly IReadOnlyList<Claim> _rows;

    private Claims(IReadOnlyList<Claim> rows)
    {
        _rows = rows;
        _byUser = rows.ToLookup(row => row.UserId);
    }

    public IReadOnlyList<Taken> WithoutHost =>
        [.. _rows.Where(row => row is { AppointmentId: not null, UserId: null }).Select(row => row.ToTaken())];

    public static async Task<Claims> ReadAsync(
        ZoomCalendarContext db, Calendar calendar, IReadOnlyList<UserId> users, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        List<UserId?> wanted = [.. users.Select(user => (UserId?)user)];
        var countsDays = calendar.Rules.DayLimit is not null;
        var id = (CalendarId?)calendar.Id;
        return new Claims(await Rows.For(db)(db, wanted, id, countsDays, from, to).ToListAsync(cancellationToken));
    }

    /// <summary>Writes the claims of a saved, active appointment: on its host's time, or on every member's of a collective calendar.</summary>
    public static Task WriteAsync(ZoomCalendarContext db, AppointmentId appointment, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO taken_times ("AppointmentId", "UserId", "CalendarId", "HostId", "Start", "End", "BufferBeforeMinutes", "BufferAfterMinutes", "DoubleBook")
             SELECT a."Id", m."UserId", a."CalendarId", a."HostId", a."Start", a."End", a."BufferBeforeMinutes", a."BufferAfterMinutes", a."DoubleBook"
             FROM appointments a
             JOIN (
                 SELECT "HostId" AS "UserId" FROM appointments WHERE "Id" = {appointment.Value}
                 UNION
                 SELECT m."UserId" FROM appointments b
                 JOIN calendars c ON c."Id" = b."CalendarId" AND c."Type" = 'Collective' AND c."Version" = 'V3'
                 JOIN calendar_members m ON m."CalendarId" = b."CalendarId"
                 WHERE b."Id" = {appointment.Value}) m ON 1 = 1
             WHERE a."Id" = {appointment.Value}
             """, cancellationToken);

    public static Task EraseAsync(ZoomCalendarContext db, IReadOnlyCollection<AppointmentId> appointments, CancellationToken cancellationToken) =>
        db.TakenTimes.Where(row => appointments.Contains(row.AppointmentId)).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Another length: it goes on taking the time of whom it took at its booking, whoever the calendar's members are today.</summary>
    public static Task ChangeEndAsync(ZoomCalendarContext db, AppointmentId appointment, DateTimeOffset end, CancellationToken cancellationToken) =>
        db.TakenTimes.Where(row => row.AppointmentId == appointment).ExecuteUpdateAsync(row => row.SetProperty(taken => taken.End, end), cancellationToken);

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
}
