using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Booking;

/// <summary>A phone in another zone than the calendar's (Chicago), shortly before clock changes in both.</summary>
[OnSqlite("What a browser shows does not depend on the database; booking is tested on both.")]
[Trait("Category", "Browser")]
public sealed class BookingInBrowserTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 10, 20, 8, 0, 0, TimeSpan.Zero);

    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync(builder => builder.ConfigureServices(services =>
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ShiftedTime(Now)))));

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [ChromiumFact]
    public async Task Without_scripts_a_visitor_books_across_a_clock_change_then_moves_and_cancels_by_the_links_in_the_messages()
    {
        var page = await PhoneAsync("Europe/Vienna", scripts: false);
        await page.GotoAsync("/book/northwind/intro-call");
        await page.GetByText("Change time zone").ClickAsync();
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Vienna");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use" }).ClickAsync();

        await BookMoveAndCancelAsync(page);
    }

    [ChromiumFact]
    public async Task With_scripts_the_visitor_does_not_choose_a_zone()
    {
        var page = await PhoneAsync("Europe/Vienna", scripts: true);
        await page.GotoAsync("/book/northwind/intro-call");
        await Assertions.Expect(page.GetByText("Times in Europe/Vienna")).ToBeVisibleAsync();

        await BookMoveAndCancelAsync(page);
    }

    [ChromiumFact]
    public async Task Another_day_and_another_clock_leave_the_page_where_it_is_and_back_and_reload_keep_working()
    {
        var page = await PhoneAsync("Europe/Vienna", scripts: true);
        await page.GotoAsync("/book/northwind/intro-call?zone=Europe/Vienna&month=2026-11");
        var times = page.Locator("#times");
        await Assertions.Expect(times).ToHaveTextAsync("Sunday 1 November 2026");
        await page.EvaluateAsync("() => { window.wasLoadedOnce = true; scrollTo(0, 250); }");
        var before = await page.EvaluateAsync<double>("scrollY");

        await page.Locator("#day-3").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(times).ToHaveTextAsync("Tuesday 3 November 2026");
        await Assertions.Expect(page.Locator("#day-3")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("[data-says]")).ToHaveTextAsync("Tuesday 3 November 2026");
        await page.Locator("#clock-12").ClickAsync();
        await Assertions.Expect(page.Locator(".time", new() { HasText = "PM" })).Not.ToHaveCountAsync(0);

        (await page.EvaluateAsync<bool>("window.wasLoadedOnce === true")).Should().BeTrue("nothing was loaded anew");
        (await page.EvaluateAsync<double>("scrollY")).Should().Be(before);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".time", new() { HasText = "PM" })).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(times).ToHaveTextAsync("Sunday 1 November 2026");
        await page.GoForwardAsync();
        await Assertions.Expect(times).ToHaveTextAsync("Tuesday 3 November 2026");
        await page.ReloadAsync();
        await Assertions.Expect(times).ToHaveTextAsync("Tuesday 3 November 2026");
        await Assertions.Expect(page.Locator(".time", new() { HasText = "PM" })).Not.ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_zone_is_found_by_a_part_of_its_name_and_remembered()
    {
        var page = await PhoneAsync("Europe/Vienna", scripts: true);
        await page.GotoAsync("/book/northwind/intro-call?zone=Europe/Vienna");
        await page.GetByText("Change time zone").ClickAsync();
        var (search, zones) = (page.GetByLabel("Search for a city"), page.GetByLabel("Time zone"));
        await search.FillAsync("no such city");
        await Assertions.Expect(page.GetByText("No place of this name is listed.")).ToBeVisibleAsync();
        await search.FillAsync("new york");
        await Assertions.Expect(zones).ToHaveValueAsync("America/New_York");
        await IsFineAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Times in America/New York (UTC-04:00)")).ToBeVisibleAsync();

        await page.GotoAsync("/book/northwind/yoga-class");
        await Assertions.Expect(page.GetByText("Times in America/New York")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task S138_With_scripts_the_zone_is_the_visitor_s_and_seats_fall_and_rise_without_a_reload()
    {
        var page = await PhoneAsync("Asia/Kathmandu", scripts: true);
        using var other = new PublicVisitor(_app);
        var time = await other.FirstTimeAsync("yoga-class");

        await page.GotoAsync("/book/northwind/yoga-class");
        await Assertions.Expect(page.GetByText("Times in Asia/Kathmandu")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.wasLoadedOnce = true");
        var confirmation = await other.BookAsync("yoga-class", time, "other@example.test");
        await Assertions.Expect(page.Locator(".time", new() { HasText = "7 seats left" }).First).ToBeVisibleAsync();

        confirmation.StatusCode.Should().Be(System.Net.HttpStatusCode.SeeOther);
        await other.PostAsync(
            new Uri(LinkIn(await MessageAsync("Booked", "other@example.test"), "Cancel")).AbsolutePath, new() { ["sure"] = "yes" });
        await Assertions.Expect(page.Locator(".time", new() { HasText = "7 seats left" })).ToHaveCountAsync(0);
        (await page.EvaluateAsync<bool>("window.wasLoadedOnce === true")).Should().BeTrue();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Every_page_fits_a_phone_and_satisfies_axe_in_light_and_dark()
    {
        using var other = new PublicVisitor(_app);
        var time = await other.FirstTimeAsync("consultation");
        var confirmed = (await other.BookAsync("consultation", time, "axe@example.test")).Headers.Location!.ToString();
        var message = await MessageAsync("Booked", "axe@example.test");

        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var page = await PhoneAsync("Europe/Vienna", scripts: true, scheme);
            foreach (var path in (string[])["/book/northwind/yoga-class", time, confirmed, LinkIn(message, "Cancel"), LinkIn(message, "Reschedule"),
                "/book/northwind/yoga-class/waiting", "/book/cancel/nonsense"])
            {
                await page.GotoAsync(path);
                await IsFineAsync(page);
            }

            await page.Context.CloseAsync();
        }
    }

    [ChromiumFact]
    public async Task The_waiting_list_fits_a_phone_and_a_place_can_be_left()
    {
        using var other = new PublicVisitor(_app);
        var time = await other.FirstTimeAsync("yoga-class");
        for (var index = 0; (await other.BookAsync(
            "yoga-class", time, $"full{index}@example.test")).StatusCode is System.Net.HttpStatusCode.SeeOther && index < 8; index++)
        {
        }

        var page = await PhoneAsync("Europe/Vienna", scripts: true);
        var day = Regex.Match(Uri.UnescapeDataString(time), @"at=(?<day>[\d-]{10})").Groups["day"].Value;
        await page.GotoAsync($"/book/northwind/yoga-class?day={day}&zone=Europe%2FVienna");
        await IsFineAsync(page, "waiting-times");
        await page.Locator(".time.full").ClickAsync();
        await IsFineAsync(page, "waiting-form");
        await page.GetByLabel("Your name").FillAsync("Jo Field");
        await page.GetByLabel("Email").FillAsync("jo@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Join the waiting list" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are on the waiting list" })).ToBeVisibleAsync();
        await page.GotoAsync(Regex.Match((await MessageAsync("On the waiting list")).Body, @"https?://\S+/book/waiting/\S+").Value);
        await IsFineAsync(page, "waiting-place");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave the waiting list" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No longer on the waiting list" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static async Task IsFineAsync(IPage page, string? photograph = null)
    {
        if (photograph is not null && Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS") is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = $"{folder}/{photograph}.png", FullPage = true });
        }

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should()
            .BeLessThanOrEqualTo(390, "nothing is wider than the phone");
        (await page.AxeFaultsAsync()).Should().BeEmpty("{0} is for everybody", page.Url);
    }

    private static string LinkIn(OutgoingMessage message, string label) =>
        Regex.Match(message.Body, $@"{label}: (?<url>\S+)").Groups["url"].Value;

    private Task<IPage> PhoneAsync(string zone, bool scripts, ColorScheme scheme = ColorScheme.Light) => Browser.OpenAsync(_app, options =>
    {
        options.ViewportSize = new ViewportSize { Width = 390, Height = 844 };
        options.TimezoneId = zone;
        options.JavaScriptEnabled = scripts;
        options.ColorScheme = scheme;
    });

    private Task<OutgoingMessage> MessageAsync(string subject, string to = "jo@example.test") =>
        _app.Services.GetRequiredService<Mailbox>().ExpectAsync(to, subject);

    private async Task BookMoveAndCancelAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Next month" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Monday 2 November 2026" }).ClickAsync();
        await page.Locator(".time", new() { HasText = "16:00" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Monday 2 November 2026, 16:00 – 16:30")).ToBeVisibleAsync();
        await page.GetByLabel("Your name").FillAsync("Jo Field");
        await page.GetByLabel("Email").FillAsync("jo@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are booked" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Monday 2 November 2026, 09:00 – 09:30 in America/Chicago")).ToBeVisibleAsync();
        var booked = await MessageAsync("Booked");
        booked.Body.Should().Contain("Monday 2 November 2026, 16:00 (Europe/Vienna)").And.Contain("09:00 in America/Chicago");

        await page.GotoAsync(LinkIn(booked, "Reschedule"));
        await page.Locator(".time", new() { HasText = "17:00" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move my appointment" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Monday 2 November 2026, 17:00 – 17:30")).ToBeVisibleAsync();

        await page.GotoAsync(LinkIn(await MessageAsync("Changed"), "Cancel"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel this appointment" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The appointment is cancelled.")).ToBeVisibleAsync();
        await MessageAsync("Cancelled");
        await page.Context.CloseAsync();
    }
}
