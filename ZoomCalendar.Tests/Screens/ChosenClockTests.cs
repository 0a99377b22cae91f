using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Times of day are written as the user chose in the profile, else as the browser's language does.</summary>
[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class ChosenClockTests(AppHost app) : IClassFixture<AppHost>
{
    private static readonly DateTime Afternoon = new(2026, 3, 2, 14, 30, 5);

    [Fact]
    public void Every_offered_language_can_write_both_clocks()
    {
        foreach (var culture in Languages.Offered)
        {
            var twelve = Afternoon.ToString("t", Clocks.Of(culture, ClockFormat.TwelveHours));
            var twentyFour = Afternoon.ToString("t", Clocks.Of(culture, ClockFormat.TwentyFourHours));

            twelve.Should().NotContain("14", "{0} writes twelve hours", culture.Name).And.Match(text => text.Trim().Length > 4);
            twentyFour.Should().Contain("14", "{0} writes 24 hours", culture.Name);
            Clocks.Of(culture, ClockFormat.TwelveHours).DateTimeFormat.LongDatePattern.Should().Be(culture.DateTimeFormat.LongDatePattern);
        }
    }

    [Theory]
    [InlineData(null, "en-US", "2:00 PM")]
    [InlineData(null, "de-DE", "14:00")]
    [InlineData(ClockFormat.TwentyFourHours, "en-US", "14:00")]
    [InlineData(ClockFormat.TwelveHours, "de-DE", "2:00 PM")]
    public async Task The_calendar_has_the_chosen_clock(ClockFormat? clock, string language, string afternoon)
    {
        await ChooseAsync("cleo@demo.test", clock);
        using var cleo = await app.SignedInAsync("cleo@demo.test");
        cleo.DefaultRequestHeaders.Add("Accept-Language", language);

        var page = WebUtility.HtmlDecode(await cleo.GetStringAsync("/a/northwind/calendar?view=day")).Replace('\u202f', ' ');

        page.Should().Contain($">{afternoon}<");
    }

    [ChromiumFact]
    public async Task A_clock_chosen_in_the_profile_is_on_the_calendar_at_once()
    {
        await ChooseAsync(ScreenTestHost.Ben, null);
        var page = await Browser.OpenAsync(app, options => options.Locale = "en-US");
        await page.SignInAsync(ScreenTestHost.Ben);
        await page.VisitAsync("/a/northwind/profile");

        await page.ChooseAsync("Time format", "24 hours (14:30)");
        await page.Locator("form", new() { Has = page.GetByLabel("Time format") }).GetByRole(AriaRole.Button, new() { Name = "Save" })
            .ClickAsync();
        await Assertions.Expect(page.GetByText("Profile saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
            .GetByRole(AriaRole.Link, new() { Name = "Calendar", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".tg").GetByText("14:00", new() { Exact = true })).ToBeAttachedAsync();
        await page.Context.CloseAsync();
    }

    private async Task ChooseAsync(string email, ClockFormat? clock)
    {
        await using var db = await app.OpenDatabaseAsync();
        await db.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.Clock, clock));
    }
}
