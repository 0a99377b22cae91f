using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Screens;

/// <summary>A new member of the demo's business with their own Zoom user, so that tests on one host do not affect each other.</summary>
internal sealed class Newcomer(AppHost app, string name, UserId id)
{
    public const string Here = "northwind";
    public const string Elsewhere = "southside";

    public string Name => name;

    public UserId Id => id;

    public string Email => $"{name.ToLowerInvariant()}@demo.test";

    public string ZoomEmail => $"{name.ToLowerInvariant()}@zoom.test";

    private SandboxControl Zoom => app.Services.GetRequiredService<SandboxHost>().Server!.Control;

    private DateTimeOffset Now => app.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public static async Task<Newcomer> JoinAsync(AppHost app, string name, params string[] subAccounts)
    {
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var user = new User
        {
            Id = UserId.New(now),
            Name = name,
            TimeZone = "Etc/UTC",
            Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
        };
        var newcomer = new Newcomer(app, name, user.Id);
        user.UserName = user.Email = newcomer.Email;
        await using var scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, "Zoom-Calendar-1")).Succeeded.Should()
            .BeTrue();
        await using var db = await app.OpenDatabaseAsync();
        string[] places = subAccounts.Length > 0 ? subAccounts : [Here];
        foreach (var place in await db.SubAccounts.Where(row => places.Contains(row.Slug)).ToListAsync())
        {
            db.Memberships.Add(new Membership(place.Id, user.Id, Role.User, now));
        }

        await db.SaveChangesAsync();
        newcomer.Zoom.AddUser(newcomer.ZoomEmail);
        return newcomer;
    }

    /// <summary>A personal calendar of theirs, for now by phone.</summary>
    public async Task<Calendar> CalendarAsync(string calendarName, CalendarVersion version = CalendarVersion.V3)
    {
        await using var db = await app.OpenDatabaseAsync();
        var place = await db.SubAccounts.SingleAsync(row => row.Slug == Here);
        var calendar = new Calendar(
            CalendarId.New(Now),
            place.Id,
            calendarName,
            $"{name}-{Guid.NewGuid():N}".ToLowerInvariant(),
            CalendarType.Personal,
            version,
            "Etc/UTC",
            Now);
        calendar.AddMember(id, new MeetingLocation(MeetingLocationKind.Phone, "+1 555 0100"), isPrimaryOwner: true);
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        return calendar;
    }

    public async Task<IPage> AtTheDeskAsync()
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync(Email);
        return page;
    }

    /// <summary>By the dialog that is open, through Zoom's own pages, back to the app.</summary>
    public async Task ConnectAsync(IPage page, string? zoomEmail = null)
    {
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Connect to Zoom" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();
        await page.SignInToSandboxAsync(zoomEmail ?? ZoomEmail);
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
    }

    public Task<MeetingLocationKind> DefaultAsync() => ReadAsync(db => db.Memberships
        .Where(row => row.UserId == id && db.Set<SubAccount>().Any(place => place.Id == row.SubAccountId && place.Slug == Here))
        .Select(row => row.DefaultLocation.Kind).SingleAsync());

    public Task<MeetingLocationKind> LocationOnAsync(Calendar calendar) =>
        ReadAsync(db => db.CalendarMembers.Where(
            row => row.CalendarId == calendar.Id && row.UserId == id).Select(row => row.Location.Kind).SingleAsync());

    public async Task<BookingOutcome> BookAsync(
        Calendar calendar, DateTimeOffset start) => await app.Services.GetRequiredService<AppointmentBook>().BookAsync(
        new BookRequest
        {
            CalendarId = calendar.Id,
            Start = start,
            Booker = new Booker { Name = "Jo Field", Email = "jo@example.test" },
            Override = BookingOverride.Staff,
        },
        new Actor(calendar.SubAccountId, id, Role.User),
        Now,
        default);

    private async Task<T> ReadAsync<T>(Func<ZoomCalendarContext, Task<T>> query)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await query(db);
    }
}
