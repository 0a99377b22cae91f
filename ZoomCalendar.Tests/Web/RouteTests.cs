using System.Net;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

public sealed class RouteTests(AppHost app) : IClassFixture<AppHost>
{
    [Fact]
    public async Task A_visitor_gets_no_circuit()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_sub_account_looks_like_one_that_does_not_exist()
    {
        using var cleo = await app.SignedInAsync("cleo@demo.test");

        var foreign = await cleo.GetAsync("/a/southside/calendar");
        var unknown = await cleo.GetAsync("/a/no-such-place/calendar");

        foreign.StatusCode.Should().Be(HttpStatusCode.NotFound);
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await foreign.TextAsync()).Should().Contain("Not found").And.NotContain("Southside");
    }

    [Fact]
    public async Task Bare_paths_lead_to_the_sub_account_last_used_and_keep_the_query()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");
        await ben.GetAsync("/a/southside/calendar");

        var home = await ben.GetAsync("/");
        var profile = await ben.GetAsync("/profile/integrations?from=help");
        await ben.GetAsync("/a/northwind/calendar");
        var after = await ben.GetAsync("/profile");

        home.Headers.Location!.ToString().Should().Be("/a/southside/calendar");
        profile.Headers.Location!.ToString().Should().Be("/a/southside/profile/integrations?from=help");
        after.Headers.Location!.ToString().Should().Be("/a/northwind/profile");
    }

    [Fact]
    public async Task An_unknown_address_is_not_found()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");

        var answer = await ben.GetAsync("/no/such/page");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.TextAsync()).Should().Contain("There is nothing at this address");
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/a/northwind/calendar")]
    [InlineData("/no/such/page")]
    [InlineData("/shell.js")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var ben = await app.SignedInAsync("ben@demo.test");

        var headers = (await ben.GetAsync(path)).Headers;

        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.Should().MatchRegex("script-src 'self'( 'sha256-[A-Za-z0-9+/=]+')?;").And.Contain("frame-ancestors 'none'").And.Contain("form-action 'self' ");
        headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        headers.GetValues("Referrer-Policy").Should().Equal("strict-origin-when-cross-origin");
    }
}
