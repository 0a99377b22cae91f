using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>The demo's business, as another process sees it in the database.</summary>
internal sealed class Northwind(TestDatabase database)
{
    public static DateTimeOffset FirstDay { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(20), TimeSpan.Zero);

    /// <summary>Ben's intro call goes on Zoom; what was booked before stays as it was.</summary>
    public Task UseZoomAsync() => database.WriteAsync(async db =>
    {
        var intro = await IntroAsync(db);
        intro.ChangeLocation(intro.Members[0].UserId, MeetingLocation.Zoom);
    });

    /// <summary>An intro call at each full hour from 15:00 UTC on the first day.</summary>
    public async Task BookAsync(int count)
    {
        var intro = await database.ReadAsync(IntroAsync);
        var admin = Actor.Staff(await database.ReadAsync(
            db => db.Memberships.SingleAsync(row => row.SubAccountId == intro.SubAccountId && row.Role == Role.Admin)));
        var book = new AppointmentBook(database, new FreeSlotFinder(database), new Signals());
        for (var i = 0; i < count; i++)
        {
            var request = new BookRequest
            {
                CalendarId = intro.Id,
                Start = FirstDay.AddHours(15 + i),
                Booker = new Booker { Name = "Jo Field" },
                Override = BookingOverride.Staff,
            };
            (await book.BookAsync(request, admin, TimeProvider.System.GetUtcNow(), CancellationToken.None)).ForStaff.Text.Should()
                .BeEmpty();
        }
    }

    private static Task<Calendar> IntroAsync(ZoomCalendarContext db) =>
        db.Calendars.Include(calendar => calendar.Members).SingleAsync(calendar => calendar.Slug == "intro-call");
}
