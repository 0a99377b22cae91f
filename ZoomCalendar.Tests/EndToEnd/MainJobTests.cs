using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.EndToEnd;

/// <summary>The main job in a browser, by labels, roles and text.</summary>
[Trait("Category", "Browser")]
public sealed class MainJobTests : IAsyncLifetime
{
    private const string Ben = "ben@zoom.test";

    private AppHost _app = null!;
    private IPage _page = null!;

    private SandboxControl Zoom => _app.Services.GetRequiredService<ZoomCalendar.Web.Connect.SandboxHost>().Server!.Control;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync();

    public async Task DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.Context.CloseAsync();
        }

        await _app.DisposeAsync();
    }

    [ChromiumFact]
    public async Task Connect_book_share_edit_reschedule_and_cancel()
    {
        _page = await Browser.OpenAsync(_app);
        await _page.SignInAsync("ben@demo.test");
        await ConnectZoomAsync();
        await ChooseZoomAsync("Yoga class");
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(20);
        var byHand = Zoom.CreateByHand(Ben, "Made by hand", new DateTimeOffset(day, new TimeOnly(15, 0), TimeSpan.Zero));

        await BookAsync("Yoga class", "First", "Jo Field", day, "09:00");
        var link = await LinkOfAsync("First", day);
        await BookAsync("Yoga class", "Second", "Sam Hill", day, "09:00");
        (await LinkOfAsync("Second", day)).Should().Be(link);
        Zoom.MeetingsOf(Ben).Should().HaveCount(2, "one for the slot, one made by hand");

        await EditTitleAsync("First", day, "First, renamed");
        (await LinkOfAsync("First, renamed", day)).Should().Be(link);

        await RescheduleAsync("Second", day, "11:00");
        var moved = await LinkOfAsync("Second", day);
        moved.Should().NotBe(link);
        (await LinkOfAsync("First, renamed", day)).Should().Be(link, "the slot is still used");

        await RescheduleAsync("First, renamed", day, "14:00");
        (await LinkOfAsync("First, renamed", day)).Should().NotBe(link).And.NotBe(moved);
        await Until(() => Zoom.MeetingsOf(Ben).All(meeting => meeting.JoinUrl != link), "the first meeting is gone from Zoom");

        await CancelAsync("Second", day);
        await CancelAsync("First, renamed", day);
        await Until(() => Zoom.MeetingsOf(Ben).Count == 1, "only the meeting made by hand is left");
        Zoom.MeetingsOf(Ben).Single().Should().BeEquivalentTo(byHand);
    }

    private async Task ConnectZoomAsync()
    {
        await _page.VisitAsync("/profile/integrations");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog, new() { Name = "Connect to Zoom" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Connect to Zoom" }).ClickAsync();

        await _page.GetByLabel("Email").FillAsync(Ben);
        await _page.GetByLabel("Password").FillAsync(SandboxUser.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await _page.AliveAsync();
        await _page.GetByText("Connected", new() { Exact = true }).WaitForAsync();
        (await _page.TitleAsync()).Should().Contain("Integrations");
        (await _page.GetByRole(AriaRole.Main).InnerTextAsync()).Should().Contain(Ben);
    }

    private async Task ChooseZoomAsync(string calendar)
    {
        await _page.VisitAsync("/settings/calendars");
        await _page.GetByRole(AriaRole.Link, new() { Name = calendar }).First.ClickAsync();
        var mine = _page.GetByRole(AriaRole.Form, new() { Name = "User Ben Okafor" });
        await mine.ChooseAsync("Meeting Location", "Zoom");
        await mine.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await _page.GetByText("Meeting location saved.").WaitForAsync();
    }

    private async Task OpenDayAsync(DateOnly day)
    {
        await _page.VisitAsync($"/a/northwind/calendar?view=day&date={day:yyyy-MM-dd}");
    }

    private async Task BookAsync(string calendar, string title, string name, DateOnly day, string time)
    {
        await OpenDayAsync(day);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Book appointment", Exact = true }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.ChooseAsync("Calendar", calendar);
        await dialog.GetByLabel("Date", new() { Exact = true }).FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await dialog.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
        await dialog.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        // The appointment opens at once; its link arrives there without a reload.
        await _page.GetByRole(AriaRole.Dialog, new() { Name = title }).GetByRole(AriaRole.Button, new() { Name = "Copy link" })
            .WaitForAsync();
    }

    /// <summary>Opens the appointment and waits, without a reload, until its link is there.</summary>
    private async Task<string> LinkOfAsync(string title, DateOnly day)
    {
        var dialog = await OpenAsync(title, day);
        var link = dialog.Locator("a[href*='/j/']");
        await link.WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).WaitForAsync();
        return (await link.GetAttributeAsync("href"))!;
    }

    private async Task<ILocator> OpenAsync(string title, DateOnly day)
    {
        await OpenDayAsync(day);
        await _page.Locator(".ap").Filter(new() { HasText = title }).First.ClickAsync();
        var appointment = _page.GetByRole(AriaRole.Dialog, new() { Name = title });
        var people = _page.GetByRole(AriaRole.Dialog, new() { Name = "Yoga class" });
        await appointment.Or(people).WaitForAsync();
        if (await people.CountAsync() > 0)
        {
            // A slot that several people share opens to them.
            await people.GetByRole(AriaRole.Button, new() { Name = title }).ClickAsync();
        }

        await appointment.WaitForAsync();
        return appointment;
    }

    private async Task EditTitleAsync(string title, DateOnly day, string newTitle)
    {
        var dialog = await OpenAsync(title, day);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await dialog.GetByLabel("Title", new() { Exact = true }).FillAsync(newTitle);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).WaitForAsync();
    }

    private async Task RescheduleAsync(string title, DateOnly day, string time)
    {
        await (await OpenAsync(title, day)).GetByRole(AriaRole.Button, new() { Name = "Reschedule", Exact = true }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule", Exact = true }).ClickAsync();
        await _page.GetByText("The appointment was rescheduled.").WaitForAsync();
    }

    private async Task CancelAsync(string title, DateOnly day)
    {
        await (await OpenAsync(title, day)).GetByRole(AriaRole.Button, new() { Name = "Cancel appointment", Exact = true }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private async Task Until(Func<bool> holds, string what)
    {
        for (var attempt = 0; attempt < 200 && !holds(); attempt++)
        {
            // The sandbox stands for another process, so only its state can be awaited.
            await _page.WaitForTimeoutAsync(50);
        }

        holds().Should().BeTrue(what);
    }
}
