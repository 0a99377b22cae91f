using System.Net;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

public sealed class LandingTests(AppHost app) : IClassFixture<AppHost>
{
    [Fact]
    public async Task A_visitor_reads_what_this_is_and_can_register_or_sign_in()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.GetAsync("/");

        var page = await answer.TextAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().Contain("every booking gets its own Zoom link").And.Contain("role=\"img\"")
            .And.MatchRegex("href=\"/account/register\">Get started<").And.MatchRegex("href=\"/account/sign-in\"[^>]*>Sign in<");
        answer.Headers.CacheControl!.NoCache.Should().BeTrue("signed in, the same address leads elsewhere");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task Where_nobody_can_register_the_page_offers_signing_in_only()
    {
        await using var own = await AppHost.StartAsync(host => host.UseSetting("Accounts:AllowRegistration", "false"));
        using var visitor = own.NewVisitor();

        (await visitor.GetStringAsync("/")).Should().Contain("Sign in").And.NotContain("Get started").And.NotContain("/account/register");
    }

    [Fact]
    public async Task Somebody_signed_in_comes_to_their_calendar_and_signed_out_to_the_landing_page()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");
        await ben.GetAsync("/a/northwind/calendar");

        (await ben.GetAsync("/")).Headers.Location!.ToString().Should().Be("/a/northwind/calendar");
        await ben.PostAsync(
            "/account/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", await ben.TokenAsync())]));
        (await ben.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
