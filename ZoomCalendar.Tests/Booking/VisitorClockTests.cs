using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>Times, weeks and zones as the visitor reads them, without scripts.</summary>
[OnSqlite("How a page writes times does not depend on the database.")]
public sealed partial class VisitorClockTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private const string Page = "/book/northwind/intro-call";

    private readonly PublicVisitor _visitor = new(app);

    [Theory]
    [InlineData("en-US", "12", "Su")]
    [InlineData("de-AT", "24", "Mo")]
    [InlineData("en-GB", "24", "Mo")]
    [InlineData("pt-BR", "24", "Su")]
    [InlineData("ar-EG", "12", "Sa")]
    [InlineData("no-such-language, */;;q=9", "24", "Mo")]
    public async Task The_browser_s_language_decides_about_the_clock_and_the_first_day_of_the_week(
        string language, string clock, string first)
    {
        var page = await PageAsync(Page, language);

        (ClockOf(page), FirstDay().Match(page).Groups["day"].Value).Should().Be((clock, first));
    }

    [Theory]
    [InlineData("clock=24&week=saturday", "24", "Sa")]
    [InlineData("clock=12&week=monday", "12", "Mo")]
    [InlineData("clock=13&week=doomsday", "12", "Su")]
    public async Task A_choice_in_the_address_goes_before_the_language(string query, string clock, string first)
    {
        var page = await PageAsync($"{Page}?{query}", "en-US");

        (ClockOf(page), FirstDay().Match(page).Groups["day"].Value).Should().Be((clock, first));
    }

    [Fact]
    public async Task Without_scripts_the_other_clock_is_one_link_away_and_stays_chosen_to_the_confirmation()
    {
        var other = Regex.Match(await PageAsync(Page, "en-US"), "href=\"(?<url>[^\"]+)\"[^>]*id=\"clock-24\"").Groups["url"].Value;
        var page = await PageAsync(other, "en-US");
        var time = Regex.Match(page, "class=\"time\" href=\"(?<url>[^\"]+)\"").Groups["url"].Value;

        var form = await PageAsync(time, "en-US");
        var action = Regex.Match(form, "<form method=\"post\" action=\"(?<url>[^\"]+)\"").Groups["url"].Value;
        var fields = await _visitor.FormAsync(time);
        var wrong = await _visitor.PostAsync(action, fields);
        (fields["name"], fields["email"]) = ("Jo Field", "clock@example.test");
        var answer = await _visitor.PostAsync(action, fields);

        ClockOf(page).Should().Be("24");
        (await PageAsync(answer.Headers.Location!.ToString(), "en-US")).Should().MatchRegex(@", \d\d:\d\d – \d\d:\d\d<")
            .And.NotMatchRegex("[AP]M");
        (form, await wrong.TextAsync()).Should().Match<(string, string)>(
            pages => !HalfDay().IsMatch(pages.Item1) && !HalfDay().IsMatch(pages.Item2));
    }

    [Fact]
    public async Task Confirmation_is_in_the_visitor_s_clock()
    {
        var answer = await _visitor.BookAsync("intro-call", await _visitor.FirstTimeAsync("intro-call"), "american@example.test");

        (await PageAsync(answer.Headers.Location!.ToString(), "en-US")).Should().MatchRegex(@", \d+:\d\d [AP]M – \d+:\d\d [AP]M<");
    }

    [Fact]
    public async Task Zones_are_listed_with_their_offset_on_the_day_that_is_shown()
    {
        var page = await PageAsync($"{Page}?zone=Asia/Kathmandu", "en-GB");

        page.Should().Contain("<strong>Asia/Kathmandu</strong> (UTC+05:45)")
            .And.Contain("<option value=\"Asia/Kathmandu\" selected>Asia/Kathmandu (UTC+05:45)</option>");
    }

    [Fact]
    public async Task Picker_and_form_name_the_business_and_the_host()
    {
        var time = await _visitor.FirstTimeAsync("intro-call");
        var team = await PageAsync("/book/northwind/consultation", "en-GB");
        var ben = Regex.Match(team, "<option value=\"(?<id>[^\"]+)\">Ben Okafor").Groups["id"].Value;

        foreach (var path in (string[])[Page, time, $"/book/northwind/consultation?host={ben}"])
        {
            (await PageAsync(path, "en-GB")).Should().Contain("Northwind Studio").And.Contain("<span>Ben Okafor</span>");
        }

        team.Should().Contain("With anyone who is free").And.NotContain("<span>Ben Okafor</span>");
    }

    [Fact]
    public async Task Each_wrong_field_has_its_own_sentence_and_the_first_one_the_cursor()
    {
        var fields = await _visitor.FormAsync(await _visitor.FirstTimeAsync("intro-call", 2));
        (fields["name"], fields["email"], fields["phone"]) = ("", "no address", new string('1', 200));

        var answer = await _visitor.PostAsync(Page, fields);

        var page = await answer.TextAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Should().Contain("Nothing is booked yet").And.Contain("id=\"name-error\">Enter your name.<")
            .And.Contain("id=\"email-error\">Enter an email address such as jo@example.com.<").And.NotContain("leave it empty")
            .And.MatchRegex("id=\"phone-error\">The phone number is too long")
            .And.MatchRegex("id=\"email\"[^>]*value=\"no address\"[^>]*aria-invalid=\"true\" aria-describedby=\"email-error email-hint\"");
        Regex.Matches(page, "autofocus").Should().ContainSingle();
        Regex.Match(page, "<[^>]*autofocus").Value.Should().Contain("id=\"name\"");
    }

    [Fact]
    public async Task A_wrong_field_of_the_waiting_list_s_form_has_its_sentence_too()
    {
        var fields = await _visitor.FormAsync(await _visitor.FirstTimeAsync("yoga-class"));
        (fields["name"], fields["email"]) = ("Jo", "");

        var answer = await _visitor.PostAsync("/book/northwind/yoga-class/wait", fields);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.TextAsync()).Should().Contain("id=\"email-error\">Enter your email address.");
    }

    public void Dispose() => _visitor.Dispose();

    private static string ClockOf(string page)
    {
        var time = Regex.Match(page, "class=\"time\"[^>]*>\\s*<span>(?<time>[^<]+)").Groups["time"].Value;
        time.Should().MatchRegex(@"^\d+:\d\d");
        return HalfDay().IsMatch(time) ? "12" : "24";
    }

    private async Task<string> PageAsync(string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WebUtility.HtmlDecode(path));
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await _visitor.Client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.Vary.Should().Contain("Accept-Language");
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"\d [AP]M")]
    private static partial Regex HalfDay();

    [GeneratedRegex("<th scope=\"col\"><abbr title=\"[^\"]+\">(?<day>[^<]+)")]
    private static partial Regex FirstDay();
}
