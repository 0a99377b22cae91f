using System.Net;
using System.Text.Json.Nodes;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class OAuthTests : SandboxTest
{
    [Fact]
    public async Task The_sign_in_page_shows_the_accounts_and_their_password()
    {
        var page = await Client.PageAsync(SandboxClient.AuthorizePath());

        page.Should().Contain("ada@zoom.test").And.Contain("admin@preapprove.test").And.Contain("Zoom-Sandbox-1")
            .And.Contain("not the real Zoom");
    }

    [Fact]
    public async Task A_wrong_password_stays_on_the_sign_in_page()
    {
        var page = await Client.SignInAsync(Ada, "wrong");

        page.Should().Contain("Incorrect email or password");
    }

    [Fact]
    public async Task Allow_brings_a_code_and_the_state_back_and_the_code_becomes_tokens()
    {
        await Client.SignInAsync(Ada);

        using var back = await Client.ConsentAsync("allow");
        var code = await Client.CodeAsync(Ada);
        var tokens = await JsonOf(Client.ExchangeAsync(code));
        Client.AccessToken = tokens["access_token"]!.GetValue<string>();
        var me = await JsonOf(Client.GetAsync("v2/users/me"));

        back.Headers.Location!.ToString().Should().StartWith(SandboxClient.RedirectUri + "?code=").And.EndWith("&state=the-state");
        tokens["expires_in"]!.GetValue<int>().Should().Be(3600);
        tokens["token_type"]!.GetValue<string>().Should().Be("bearer");
        tokens["scope"]!.GetValue<string>().Split(' ').Should().HaveCount(6).And.Contain("meeting:write:meeting");
        Client.AccessToken.Length.Should().BeGreaterThan(200);
        me["email"]!.GetValue<string>().Should().Be(Ada);
        me["id"]!.GetValue<string>().Should().HaveLength(22);
        me["type"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task Decline_says_access_denied()
    {
        await Client.SignInAsync(Ada);

        using var back = await Client.ConsentAsync("decline");

        back.Headers.Location!.Query.Should().Be("?error=access_denied&state=the-state");
    }

    [Fact]
    public async Task A_code_works_once_and_for_five_minutes_with_its_verifier_and_address_only()
    {
        var used = await Client.CodeAsync(Ada);
        using var first = await Client.ExchangeAsync(used);

        var again = await JsonOf(Client.ExchangeAsync(used));
        var wrongVerifier = await JsonOf(Client.ExchangeAsync(await Client.CodeAsync(Ada), verifier: "another"));
        var wrongAddress = await JsonOf(Client.ExchangeAsync(await Client.CodeAsync(Ada), redirectUri: "http://localhost/other"));
        var old = await Client.CodeAsync(Ada);
        Clock.Advance(TimeSpan.FromMinutes(5));
        var tooLate = await JsonOf(Client.ExchangeAsync(old));

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        again["error"]!.GetValue<string>().Should().Be("invalid_grant");
        wrongVerifier["error"]!.GetValue<string>().Should().Be("invalid_grant");
        wrongAddress["reason"]!.GetValue<string>().Should().Be("Redirect URI mismatch.");
        tooLate["error"]!.GetValue<string>().Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData("not-an-address", "sandbox-client", "4700")]
    [InlineData("http://localhost:1234/callback", "somebody", "Invalid client_id")]
    public async Task A_wrong_redirect_or_client_never_returns_to_the_app(string redirectUri, string clientId, string expected)
    {
        using var answer = await Client.GetAsync(SandboxClient.AuthorizePath(redirectUri, clientId));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(expected);
    }

    [Fact]
    public async Task A_scope_in_the_address_is_refused()
    {
        var page = await Client.PageAsync(SandboxClient.AuthorizePath() + "&scope=");

        page.Should().Contain("Invalid scope");
    }

    [Fact]
    public async Task A_refresh_token_is_good_once()
    {
        var tokens = Connect();

        var refreshed = await JsonOf(Client.RefreshAsync(tokens.RefreshToken));
        using var again = await Client.RefreshAsync(tokens.RefreshToken);
        using var next = await Client.RefreshAsync(refreshed["refresh_token"]!.GetValue<string>());

        again.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await JsonOf(again)).ToJsonString().Should().Be("""{"reason":"Invalid Token!","error":"invalid_grant"}""");
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_access_token_lasts_an_hour_and_ends_with_a_new_authorization()
    {
        Connect();
        Clock.Advance(TimeSpan.FromHours(1));
        var expired = await JsonOf(Client.GetAsync("v2/users/me"));

        Connect();
        Control.IssueTokens(Ada);
        var superseded = await JsonOf(Client.GetAsync("v2/users/me"));

        Message(expired).Should().Be("Access token is expired.");
        Message(superseded).Should().Contain("4741");
        superseded["code"]!.GetValue<int>().Should().Be(124);
    }

    [Fact]
    public async Task The_client_must_say_who_it_is_by_basic_authentication()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = Connect().RefreshToken,
            ["client_id"] = "sandbox-client",
            ["client_secret"] = "sandbox-secret"
        };

        using var answer = await http.PostAsync("oauth/token", new FormUrlEncodedContent(form));

        (await JsonOf(answer))["error"]!.GetValue<string>().Should().Be("invalid_client");
    }

    [Fact]
    public async Task A_user_asks_for_pre_approval_the_admin_gives_it_and_the_user_connects()
    {
        var before = await Client.SignInAsync("user@preapprove.test");
        using var requested = await Client.ConsentAsync("request");
        var sent = await requested.Content.ReadAsStringAsync();
        var admin = await Client.SignInAsync("admin@preapprove.test");
        using var approved = await Client.ConsentAsync("preapprove");
        var adminAfter = await Client.PageAsync(approved.Headers.Location!.ToString());
        var after = await Client.SignInAsync("user@preapprove.test");

        before.Should().Contain("You cannot authorize Zoom for Calendars").And.Contain("Request pre-approve").And.NotContain(">Allow<");
        sent.Should().Contain("Your request has been sent");
        admin.Should().Contain("role=\"switch\"").And.Contain("Pre-approve").And.NotContain(">Allow<");
        adminAfter.Should().Contain(">Allow<");
        after.Should().Contain(">Allow<").And.Contain("Use another account");
    }

    [Fact]
    public async Task Withdrawn_approval_disables_the_tokens_until_it_is_granted_again()
    {
        var tokens = Connect();

        Control.SetApproval(Ada, false);
        var call = await JsonOf(Client.GetAsync("v2/users/me"));
        var refresh = await JsonOf(Client.RefreshAsync(tokens.RefreshToken));
        Control.SetApproval(Ada, true);
        using var again = await Client.GetAsync("v2/users/me");

        call["code"]!.GetValue<int>().Should().Be(4738);
        refresh["code"]!.GetValue<int>().Should().Be(4738);
        again.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoking_ends_everything()
    {
        var tokens = Connect();

        using var revoked = await Client.RevokeAsync(tokens.AccessToken);
        using var call = await Client.GetAsync("v2/users/me");
        using var refresh = await Client.RefreshAsync(tokens.RefreshToken);

        (await JsonOf(revoked))["status"]!.GetValue<string>().Should().Be("success");
        call.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        refresh.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_withheld_scope_is_missing_and_the_call_says_so()
    {
        Control.ChangeUser(Ada, ada => ada with { WithheldScopes = ["meeting:write:meeting"] });
        var tokens = Connect();

        var answer = await JsonOf(Client.CreateAsync(Tomorrow));

        tokens.Scopes.Should().NotContain("meeting:write:meeting");
        answer["code"]!.GetValue<int>().Should().Be(4711);
    }

    private static string Message(JsonObject answer) => answer["message"]!.GetValue<string>();
}
