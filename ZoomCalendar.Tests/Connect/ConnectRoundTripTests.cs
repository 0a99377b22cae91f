using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Connect;

public sealed class ConnectRoundTripTests(AppHost app) : IClassFixture<AppHost>, IAsyncLifetime
{
    private const string Ben = "ben@demo.test";
    private const string Cleo = "cleo@demo.test";
    private const string BenZoom = "ben@zoom.test";

    private SandboxServer Zoom => app.Services.GetRequiredService<SandboxHost>().Server!;

    private string Here { get; set; } = "";

    private string Elsewhere { get; set; } = "";

    public async Task InitializeAsync()
    {
        Zoom.Control.AddUser(BenZoom);
        Zoom.Control.AddUser("ben@other-zoom.test");
        await using var db = await app.OpenDatabaseAsync();
        await db.Connections.ExecuteDeleteAsync();
        await db.ZoomAccounts.ExecuteDeleteAsync();
        await db.PendingConnections.ExecuteDeleteAsync();
        await db.ConnectAttempts.ExecuteDeleteAsync();
        var ben = await db.Users.Where(user => user.Email == Ben).Select(user => user.Id).SingleAsync();
        var places =
            await (from place in db.Memberships
                   join sub in db.SubAccounts on place.SubAccountId equals sub.Id
                   where place.UserId == ben
                   orderby sub.CreatedAt,
                sub.Slug
                   select sub.Slug)
            .ToListAsync();
        Here = places.Single(slug => slug.StartsWith("northwind", StringComparison.Ordinal));
        Elsewhere = places.Single(slug => slug != Here);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Connect_and_Allow_return_to_the_page_and_state_of_the_start()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.ConnectAsync(Here, BenZoom, $"/a/{Here}/calendar?week=2026-11-23#today");

        back.Should().Be($"/a/{Here}/calendar?week=2026-11-23&zoom=connected#today");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Connections.CountAsync()).Should().Be(1);
        (await db.ZoomAccounts.SingleAsync()).Email.Should().Be(BenZoom);
    }

    [Fact]
    public async Task The_return_address_may_contain_non_ASCII_letters()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.ConnectAsync(Here, BenZoom, $"/a/{Here}/calendar?search=Öz#ü");

        back.Should().Be($"/a/{Here}/calendar?search=%C3%96z&zoom=connected#%C3%BC");
    }

    [Fact]
    public async Task The_authorize_address_follows_Zooms_rules()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var address = await ben.StartAsync(Here);

        var query = QueryHelpers.ParseQuery(address.Query);
        query.Keys.Should()
            .BeEquivalentTo("response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method");
        query["code_challenge_method"].ToString().Should().Be("S256");
        query["redirect_uri"].ToString().Should().Be($"{app.Address}zoom/callback");
        address.GetLeftPart(UriPartial.Path).Should().Be($"{Zoom.OAuthBaseUrl}/oauth/authorize");
    }

    [Fact]
    public async Task Declining_in_Zoom_connects_nothing()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.ConnectAsync(Here, BenZoom, button: "decline");

        back.Should().Be($"/a/{Here}/profile/integrations?zoom=declined");
        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task S118_A_callback_without_state_is_refused()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.FollowAsync(new Uri(app.Address, "zoom/callback?code=from-the-marketplace"));

        back.Should().Be("/profile/integrations?zoom=nostate");
        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task S118_A_callback_with_a_wrong_state_is_refused()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.FollowAsync(new Uri(app.Address, "zoom/callback?code=x&state=made-up"));

        back.Should().EndWith("zoom=nostate");
    }

    [Fact]
    public async Task S118_A_callback_begun_in_another_browser_is_refused()
    {
        var attacker = await Person.SignedInAsync(app, Zoom, Cleo);
        var callback = await attacker.AtZoomAsync(await attacker.StartAsync(Here), BenZoom);
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.FollowAsync(callback);

        back.Should().EndWith("zoom=expired");
        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task S118_Another_user_who_signed_in_meanwhile_gets_no_connection()
    {
        var browser = await app.SignedInAsync(Cleo);
        var person = new Person(browser, Zoom);
        var callback = await person.AtZoomAsync(await person.StartAsync(Here), BenZoom);
        var token = await person.PostAsync("/account/sign-out");
        token.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.PostFormAsync("/account/sign-in", "sign-in", ("Input.Email", Ben), ("Input.Password", "Zoom-Calendar-1"));

        var back = await person.FollowAsync(callback);

        back.Should().EndWith("zoom=foreign");
        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task A_callback_used_twice_connects_once()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        var callback = await ben.AtZoomAsync(await ben.StartAsync(Here), BenZoom);
        await ben.FollowAsync(callback);

        var again = await ben.FollowAsync(callback);

        again.Should().EndWith("zoom=expired");
    }

    [Fact]
    public async Task An_expired_code_shows_a_sentence()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        var callback = await ben.AtZoomAsync(await ben.StartAsync(Here), BenZoom);
        Zoom.Control.ShiftClock(TimeSpan.FromMinutes(6));

        var back = await ben.FollowAsync(callback);

        Zoom.Control.ResetClock();
        back.Should().EndWith("zoom=expired");
        await NothingIsConnectedAsync();
    }

    [Theory]
    [InlineData(RequestKind.Me, """{"id":"LONG","email":"ben@zoom.test"}""")]
    [InlineData(RequestKind.Me, """{"id":"u1","account_id":"LONG","email":"ben@zoom.test"}""")]
    [InlineData(RequestKind.Me, """{"id":"u1","email":"LONG@zoom.test"}""")]
    [InlineData(RequestKind.Me, """{"id":"u1\u0000","email":"ben@zoom.test"}""")]
    [InlineData(RequestKind.Token, """{"access_token":"a","refresh_token":"r","scope":"LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG"}""")]
    public async Task An_unexpected_answer_of_Zoom_while_connecting_shows_a_sentence(RequestKind kind, string body)
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        var callback = await ben.AtZoomAsync(await ben.StartAsync(Here), BenZoom);
        Zoom.Control.Fail(new SandboxFault
        {
            Mode = FaultMode.Malformed,
            Kind = kind,
            Body = body.Replace("LONG", new string('x', 1_000)),
        });

        (await ben.FollowAsync(callback)).Should().Be($"/a/{Here}/profile/integrations?zoom=failed");

        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task Missing_scopes_are_named()
    {
        Zoom.Control.ChangeUser(BenZoom, user => user with { WithheldScopes = ["meeting:delete:meeting"] });
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        var back = await ben.ConnectAsync(Here, BenZoom);

        Zoom.Control.ChangeUser(BenZoom, user => user with { WithheldScopes = [] });
        var query = QueryHelpers.ParseQuery(back[back.IndexOf('?')..]);
        ConnectNotice.Of(query["zoom"], query["missing"])!.Sentence.Should().Contain("meeting:delete:meeting");
        Zoom.Control.IsConnected(BenZoom).Should().BeFalse();
        await NothingIsConnectedAsync();
    }

    [Fact]
    public async Task A_user_who_never_returns_from_Zoom_can_start_again()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        await ben.StartAsync(Here);

        (await ben.ConnectAsync(Here, BenZoom)).Should().EndWith("zoom=connected");
    }

    [Fact]
    public async Task A_user_who_needs_approval_is_told_to_ask_and_connects_until_it_is_withdrawn()
    {
        const string zoomUser = "user@preapprove.test";
        const string ask = "If your Zoom account's admin must approve the app first, ask them, then connect again.";
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        (await CardAsync(ben)).Should().NotContain(ask);

        await ben.RequestApprovalAsync(await ben.StartAsync(Here), zoomUser);

        Zoom.Control.ApprovalRequests(zoomUser).Should().Contain(zoomUser);
        (await CardAsync(ben)).Should().Contain("Not connected").And.Contain(ask);
        (await CardAsync(ben, Elsewhere)).Should().NotContain(ask);

        Zoom.Control.SetApproval(zoomUser, true);
        (await ben.ConnectAsync(Here, zoomUser)).Should().EndWith("zoom=connected");
        (await CardAsync(ben)).Should().Contain(zoomUser).And.NotContain(ask);

        Zoom.Control.SetApproval(zoomUser, false);
        await UseTokensAsync();
        (await CardAsync(ben)).Should().Contain("Approval withdrawn").And.Contain("Reconnect");
    }

    [Fact]
    public async Task An_answer_from_Zoom_ends_the_connect_attempt()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        await ben.StartAsync(Here);

        await ben.ConnectAsync(Here, BenZoom, button: "decline");

        await using var db = await app.OpenDatabaseAsync();
        (await db.ConnectAttempts.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Connecting_needs_the_antiforgery_token_a_membership_and_a_session()
    {
        var cleo = await Person.SignedInAsync(app, Zoom, Cleo);

        (await cleo.PostRawAsync("/zoom/connect", ("subAccount", Here))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await cleo.PostAsync("/zoom/connect", ("subAccount", Elsewhere))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await cleo.GetAsync("/zoom/connect")).StatusCode.Should().NotBe(HttpStatusCode.Redirect);
        var visitor = new Person(app.NewVisitor(), Zoom);
        (await visitor.PostRawAsync("/zoom/connect", ("subAccount", Here))).Headers.Location?.ToString().Should().NotContain("oauth");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    public async Task The_return_address_stays_on_this_site(string returnUrl)
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);

        (await ben.ConnectAsync(Here, BenZoom, returnUrl)).Should().NotContain("evil").And.EndWith("zoom=connected");
    }

    [Fact]
    public async Task A_second_different_account_is_connected_only_after_Connect_anyway()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        await ben.ConnectAsync(Here, BenZoom);

        var question = await ben.ConnectAsync(Elsewhere, "ben@other-zoom.test", $"/a/{Elsewhere}/profile");

        question.Should().StartWith($"/a/{Elsewhere}/zoom/confirm/");
        var page = await (await ben.GetAsync(question)).TextAsync();
        page.Should().Contain("ben@other-zoom.test").And.Contain(BenZoom).And.Contain("Connect anyway");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Connections.CountAsync()).Should().Be(1);
        var decided = await ben.PostAsync("/zoom/confirm", ("subAccount", Elsewhere), ("id", question.Split('/')[^1]), ("connect", "true"));
        decided.Headers.Location!.ToString().Should().Be($"/a/{Elsewhere}/profile?zoom=connected");
        (await db.Connections.CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task The_question_about_a_second_account_is_shown_only_to_its_user()
    {
        var ben = await Person.SignedInAsync(app, Zoom, Ben);
        await ben.ConnectAsync(Here, BenZoom);
        var question = await ben.ConnectAsync(Elsewhere, "ben@other-zoom.test");
        var cleo = await Person.SignedInAsync(app, Zoom, Cleo);

        (await (await cleo.GetAsync(question.Replace(Elsewhere, Here))).TextAsync()).Should().NotContain("ben@other-zoom.test");
        await cleo.PostAsync("/zoom/confirm", ("subAccount", Here), ("id", question.Split('/')[^1]), ("connect", "true"));

        await using var db = await app.OpenDatabaseAsync();
        (await db.Connections.CountAsync()).Should().Be(1);
    }

    private async Task<string> CardAsync(Person person, string? subAccount = null) =>
        await (await person.GetAsync($"/a/{subAccount ?? Here}/profile/integrations")).TextAsync();

    /// <summary>As if Zoom had refused the present token: it is refreshed, and Zoom's answer names the reason.</summary>
    private async Task UseTokensAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        var key = await db.Connections.Select(connection => connection.ZoomUserKey).SingleAsync();
        var tokens = app.Services.GetRequiredService<Core.Connections.IAccessTokenProvider>();
        await tokens.GetAsync(key, (await tokens.GetAsync(key, null, default)).AccessToken, default);
    }

    private async Task NothingIsConnectedAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        (await db.Connections.CountAsync()).Should().Be(0);
        (await db.ZoomAccounts.CountAsync()).Should().Be(0);
    }
}
