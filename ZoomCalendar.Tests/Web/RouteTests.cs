using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Web;

public sealed class RouteTests(AppHost app) : IClassFixture<AppHost>
{
    /// <summary>What visitors may ask for. Whoever adds a route for visitors adds it here, knowingly.</summary>
    private static readonly string[] ForVisitors =
    [
        "/account/sign-in",
        "/account/register",
        "/account/forgot-password",
        "/account/reset-password",
        "/account/invitation",
        "/not-found",
        "/status/{Code:int}",
        "/dev/mailbox",
        "/zoom/webhooks",
        "/.well-known/webhook-signing-key.pem",
        "/openapi/{documentName}.json",
        "/api-docs/{documentName?}",
        "/api-docs/scalar.js",
        "/api-docs/scalar.aspnetcore.js",
        "/api-docs/favicon.svg",
        "/healthz/live",
        "/healthz/ready",
        "/book/{slug}",
        "/book/{slug}/changes",
        "/book/{slug}/confirmed/{token}",
        "/book/{slug}/confirmed/{token}/changes",
        "/book/{slug}/confirmed/{token}/invitation.ics",
        "/book/{slug}/wait",
        "/book/{slug}/waiting",
        "/book/waiting/{token}",
        "/book/waiting/{token}/leave",
        "/book/cancel/{token}",
        "/book/change/{token}",
    ];

    [Fact]
    public void Every_route_outside_the_list_asks_who_you_are()
    {
        var open = app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !IsStaticFile(endpoint))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

        open.Distinct().Should().BeSubsetOf(ForVisitors);
    }

    [Fact]
    public async Task A_visitor_is_sent_to_sign_in_from_every_signed_in_page()
    {
        using var visitor = app.NewVisitor();

        foreach (var path in PageTable.WorkspacePaths.Select(path => path.Replace("{", "").Replace("}", "")).SelectMany(path => new[] { "/" + path, "/a/northwind/" + path }))
        {
            var answer = await visitor.GetAsync(path);

            answer.StatusCode.Should().Be(HttpStatusCode.Redirect, path);
            answer.Headers.Location!.AbsolutePath.Should().Be("/account/sign-in", path);
        }
    }

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
    public async Task Pages_for_admins_are_forbidden_to_users()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");
        var pages = PageTable.Pages.Where(page => Attribute.IsDefined(page.Page, typeof(AdminOnlyAttribute)) && !page.Template.Contains("{Id"));

        foreach (var page in pages)
        {
            var answer = await ben.GetAsync(page.Template.Replace("{Slug}", "northwind"));

            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, page.Template);
        }
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
        policy.Should().Contain("script-src 'self';").And.Contain("frame-ancestors 'none'").And.Contain("form-action 'self' ");
        headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        headers.GetValues("Referrer-Policy").Should().Equal("strict-origin-when-cross-origin");
    }

    private static bool IsStaticFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(item => item.GetType().Name is "StaticAssetDescriptor");
}
