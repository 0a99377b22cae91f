using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Soak;

/// <summary>
/// Staff at work on the same database file from another process: they book, move, edit, cancel, delete and take back, by chance.
/// </summary>
internal sealed class SoakPeople(TestDatabase database, Random random, IReadOnlyList<CalendarId> calendars, Actor admin)
{
    public static readonly string[] Calendars = ["intro-call", "yoga-class", "consultation"];

    private readonly AppointmentBook _book = new(database, new FreeSlotFinder(database), new Signals());
    private readonly List<AppointmentId> _mine = [];

    /// <summary>Changes that were not refused.</summary>
    public int Done { get; private set; }

    public static async Task<SoakPeople> OfAsync(TestDatabase database, Random random)
    {
        var calendars = await database.ReadAsync(
            db => db.Calendars.Where(calendar => Calendars.Contains(calendar.Slug)).OrderBy(calendar => calendar.Slug).ToListAsync());
        var subAccount = calendars[0].SubAccountId;
        var admin = await database.ReadAsync(
            db => db.Memberships.SingleAsync(row => row.SubAccountId == subAccount && row.Role == Role.Admin));
        return new SoakPeople(database, random, [.. calendars.Select(calendar => calendar.Id)], Actor.Staff(admin));
    }

    /// <summary>Beyond the demo's own appointments.</summary>
    public static DateTimeOffset FirstDay(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(20), TimeSpan.Zero);

    public async Task ActAsync(int times)
    {
        for (; times > 0; times--)
        {
            var some = _mine.Count == 0 ? (AppointmentId?)null : _mine[random.Next(_mine.Count)];
            var outcome = await OneAsync(some is null ? null : await database.ReadAsync(
                db => db.Appointments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == some)));
            Done += outcome.Succeeded ? 1 : 0;
        }
    }

    private async Task<BookingOutcome> OneAsync(Appointment? some)
    {
        var now = TimeProvider.System.GetUtcNow();
        switch (random.Next(10))
        {
            case 4 or 5 when some is not null:
                return await _book.MoveAsync(
                    new MoveRequest(some.Id, null, Start(now)) { Override = BookingOverride.Staff }, admin, now, CancellationToken.None);

            case 6 when some is not null:
                return await _book.CancelAsync(some.Id, null, admin, now, CancellationToken.None);

            case 7 when some is not null:
                return await _book.DeleteAsync(some.Id, admin, now, CancellationToken.None);

            case 8 when some is not null:
                return await _book.SetStatusAsync(some.Id, null, AppointmentStatus.Confirmed, admin, now, CancellationToken.None);

            case 9 when some is not null:
                var edit = new EditRequest(some.Id, some.Version)
                {
                    Title = Title(),
                    Booker = some.Booker,
                    LengthMinutes = random.Next(2) == 0 ? 30 : 45,
                };
                return await _book.EditAsync(edit, admin, now, CancellationToken.None);

            default:
                var request = new BookRequest
                {
                    CalendarId = calendars[random.Next(calendars.Count)],
                    Start = Start(now),
                    Title = Title(),
                    Booker = new Booker { Name = "Jo Field" },
                    Override = BookingOverride.Staff,
                };
                var booked = await _book.BookAsync(request, admin, now, CancellationToken.None);
                _mine.AddRange(booked.AppointmentId is { } id && booked.Succeeded ? [id] : []);
                return booked;
        }
    }

    private DateTimeOffset Start(DateTimeOffset now) => FirstDay(now).AddDays(random.Next(2)).AddHours(15 + random.Next(5));

    private string Title() => $"Title {random.Next(4)}";
}
