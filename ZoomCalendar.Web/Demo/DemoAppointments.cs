using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Demo;

/// <summary>Appointments of this week and some of next week, booked as an admin would have booked them some days ago.</summary>
internal sealed class DemoAppointments(AppointmentBook book)
{
    private static readonly (string Calendar, int Day, string Time, string Booker, string? Host)[] Week =
    [
        ("intro-call", 0, "09:00", "Priya Raman", null),
        ("intro-call", 1, "11:30", "Tom Hargreaves", null),
        ("intro-call", 2, "15:00", "Lena Fischer", null),
        ("intro-call", 4, "10:00", "Marcus Webb", null),
        ("intro-call", 7, "09:30", "Sofia Alvarez", null),
        ("yoga-class", 1, "18:00", "Noor Haddad", null),
        ("yoga-class", 1, "18:00", "Iris Kowalski", null),
        ("yoga-class", 1, "18:00", "Dan Whitmore", null),
        ("yoga-class", 3, "18:00", "Noor Haddad", null),
        ("yoga-class", 3, "18:00", "Hana Sato", null),
        ("yoga-class", 5, "10:00", "Iris Kowalski", null),
        ("consultation", 0, "13:00", "Grace Oyelaran", DemoPeople.AdaMail),
        ("consultation", 2, "10:00", "Paul Novak", DemoPeople.CleoMail),
        ("consultation", 2, "13:15", "Amelia Brandt", DemoPeople.BenMail),
        ("consultation", 3, "11:00", "Yusuf Demir", DemoPeople.AdaMail),
        ("consultation", 4, "14:30", "Chloe Martin", DemoPeople.CleoMail),
        ("classic-sessions", 1, "14:00", "Viktor Lund", null),
        ("classic-sessions", 3, "15:00", "Rosa Bianchi", null),
        ("consultation", 8, "10:00", "Owen Pryce", DemoPeople.CleoMail),
        ("yoga-class", 8, "18:00", "Hana Sato", null),
        ("intro-call", 9, "11:00", "Jonas Weber", null),
        ("intro-call", 10, "15:30", "Mei Tanaka", null),
    ];

    public async Task AddAsync(
        Actor admin,
        IReadOnlyDictionary<string, CalendarId> calendars,
        IReadOnlyDictionary<string, UserId> users,
        string zoneId,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        // Booked before the week began: past times cannot be booked.
        var then = monday.PlusDays(-1).AtStartOfDayInZone(zone).ToDateTimeOffset();

        foreach (var (calendar, day, time, booker, host) in Week)
        {
            var start = zone.AtLeniently(
                monday.PlusDays(day) + NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value);
            var outcome = await book.BookAsync(
                new BookRequest
                {
                    CalendarId = calendars[calendar],
                    HostId = host is null ? null : users[host],
                    Start = start.ToDateTimeOffset(),
                    Booker = new Booker
                    {
                        Name = booker,
                        Email = booker.ToLowerInvariant().Replace(' ', '.') + "@example.com",
                        TimeZone = zoneId,
                    },
                    Override = BookingOverride.Staff,
                },
                admin,
                then.ToUniversalTime(),
                cancellationToken);
            if (!outcome.Succeeded)
            {
                throw new InvalidOperationException($"The demo's {calendar} on day {day} at {time} was refused: {outcome.ForStaff}");
            }
        }
    }
}
