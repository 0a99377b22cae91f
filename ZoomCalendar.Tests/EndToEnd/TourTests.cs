using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.EndToEnd;

/// <summary>
/// A walk through the screens of a business at work, in both sizes and themes. The pictures go to the folder named by
/// <c>ZOOMCALENDAR_SCREENSHOTS</c>, which is how those in <c>docs/screenshots</c> are made.
/// </summary>
public sealed class TourTests : IAsyncLifetime
{
    private static readonly (string Name, string Path)[] Stops =
    [
        ("calendar", "/calendar"),
        ("integrations", "/profile/integrations"),
        ("calendar-settings", "/settings/calendars"),
        ("team", "/settings/team"),
        ("activity", "/activity"),
        ("help", "/help/zoom"),
        ("book", "/book/intro-call"),
    ];

    private readonly string _folder = Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS") ?? Path.GetTempPath();
    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync();

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [ChromiumFact]
    public async Task Every_screen_fits_its_window_and_the_console_stays_silent()
    {
        var zoom = _app.Services.GetRequiredService<SandboxHost>().Server!;
        await (await Person.SignedInAsync(_app, zoom, "ada@demo.test")).ConnectAsync("northwind", "ada@zoom.test");
        await (await Person.SignedInAsync(_app, zoom, "ben@demo.test")).ConnectAsync("northwind", "ben@zoom.test");
        await BookSomeAsync();

        await WalkAsync(1440, 900, ColorScheme.Light, "");
        await WalkAsync(390, 844, ColorScheme.Dark, "-phone-dark");
    }

    private async Task BookSomeAsync()
    {
        await using var db = await _app.OpenDatabaseAsync();
        var calendars = await db.Calendars.Include(calendar => calendar.Members).Where(calendar => calendar.Slug == "intro-call" || calendar.Slug == "yoga-class").ToListAsync();
        calendars.ForEach(calendar => calendar.ChangeLocation(calendar.Members[0].UserId, MeetingLocation.Zoom));
        await db.SaveChangesAsync();
        var admin = Actor.Staff(await db.Memberships.FirstAsync(row => row.SubAccountId == calendars[0].SubAccountId && row.Role == Role.Admin));
        var clock = _app.Services.GetRequiredService<TimeProvider>();
        var book = _app.Services.GetRequiredService<AppointmentBook>();
        var free = _app.Services.GetRequiredService<FreeSlotFinder>();
        var now = clock.GetUtcNow();
        foreach (var calendar in calendars)
        {
            var slots = await free.FindAsync(calendar.Id, now.AddHours(1), now.AddDays(6), null, admin, now, CancellationToken.None);
            foreach (var slot in slots.Where((_, index) => index % 7 == 3).Take(8))
            {
                await book.BookAsync(
                    new BookRequest { CalendarId = calendar.Id, Start = slot.Start.ToDateTimeOffset(), Booker = new Booker { Name = "Jo Field", Email = "jo@example.test" } },
                    admin,
                    now,
                    CancellationToken.None);
            }
        }

        await Eventually.HoldsAsync(
            () => db.SlotMeetings.AllAsync(meeting => meeting.State == SlotMeetingState.Live), TimeSpan.FromMinutes(1), "every link is there");
    }

    private async Task WalkAsync(int width, int height, ColorScheme scheme, string suffix)
    {
        var page = await Browser.OpenAsync(_app, options =>
        {
            options.ViewportSize = new ViewportSize { Width = width, Height = height };
            options.ColorScheme = scheme;
        });
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        await page.SignInAsync("ada@demo.test");
        foreach (var (name, path) in Stops)
        {
            await page.GotoAsync(path);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (!path.StartsWith("/book/", StringComparison.Ordinal))
            {
                await page.AliveAsync();
            }

            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "{0} fits", path);
            await page.ScreenshotAsync(new() { Path = Path.Combine(_folder, $"{name}{suffix}.png") });
        }

        complaints.Should().BeEmpty();
        await page.Context.CloseAsync();
    }
}
