using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Connect;

/// <summary>In the browser: starting the meeting, and disconnecting after the deletions.</summary>
[Trait("Category", "Browser")]
public sealed class DisconnectBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    private const string BenZoom = "ben@zoom.test";

    private SandboxServer Zoom => app.Services.GetRequiredService<SandboxHost>().Server!;

    private DateTimeOffset Now => app.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [ChromiumFact]
    public async Task The_host_starts_the_meeting_and_later_disconnects_after_the_deletion()
    {
        Zoom.Control.AddUser(BenZoom);
        var person = await Person.SignedInAsync(app, Zoom, "ben@demo.test");
        (await person.ConnectAsync("northwind", BenZoom)).Should().EndWith("zoom=connected");
        var (ben, appointment) = await BookedAsync();
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ben@demo.test");

        await page.VisitAsync($"/a/northwind/calendar?open={appointment.Value:N}");
        var cancel = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel appointment" });
        (await cancel.EvaluateAsync<bool>("button => getComputedStyle(button).color !== getComputedStyle(button).backgroundColor")).Should()
            .BeTrue("its words can be read");
        var meeting = await page.Context.RunAndWaitForPageAsync(() =>
            page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Start meeting" }).ClickAsync());
        await Assertions.Expect(meeting).ToHaveURLAsync(new Regex($"^{Regex.Escape(Zoom.OAuthBaseUrl)}/s/"));
        await meeting.CloseAsync();

        // The day is nearly used up: the deletion has to wait.
        await NearlyUseUpAsync(ben);
        await app.Services.GetRequiredService<AppointmentBook>().CancelAsync(appointment, null, ben, Now, default);
        await page.VisitAsync("/a/northwind/profile/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send waiting deletions first" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Disconnecting when 1 deletion has been sent.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Stay connected" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Disconnecting when")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Disconnect", Exact = true })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task NearlyUseUpAsync(Actor ben)
    {
        await using var db = await app.OpenDatabaseAsync();
        var key = await db.Connections.Where(row => row.UserId == ben.UserId).Select(row => row.ZoomUserKey).SingleAsync();
        await db.QuotaDays.Where(row => row.ZoomUserKey == key).ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, 95));
    }

    private async Task<(Actor Ben, AppointmentId Appointment)> BookedAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        var here = await db.SubAccounts.Where(row => row.Slug == "northwind").Select(row => row.Id).SingleAsync();
        var user = await db.Users.Where(row => row.Email == "ben@demo.test").Select(row => row.Id).SingleAsync();
        var ben = new Actor(here, user, Role.User);
        var calendar = new Calendar(
            CalendarId.New(Now), here, "Starts", "starts", CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", Now);
        calendar.AddMember(user, MeetingLocation.Zoom, isPrimaryOwner: true);
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        var outcome = await app.Services.GetRequiredService<AppointmentBook>().BookAsync(
            new BookRequest
            {
                CalendarId = calendar.Id,
                Start = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(3).AddHours(5),
                Booker = new Booker { Name = "Jo Field", Email = "jo@example.test" },
                Override = BookingOverride.Staff,
            },
            ben,
            Now,
            default);
        outcome.ForStaff.Text.Should().BeEmpty();
        await Eventually.HoldsAsync(
            () =>
                db.SlotMeetings.AnyAsync(row => row.CalendarId == calendar.Id && row.State == SlotMeetingState.Live),
                TimeSpan.FromSeconds(60),
                "the meeting is made");
        return (ben, outcome.AppointmentId!.Value);
    }
}
