using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>A member of a sub-account that requires a second factor, who has none. Each test has a user of its own.</summary>
[OnSqlite("what is stored and asked of the database is tested on both by SecondFactorRuleTests")]
public sealed class RequiredSecondFactorTests(AppHost app) : IClassFixture<AppHost>, IAsyncLifetime
{
    private const string Page = "/a/northwind/profile";
    private const string SetUp = "/account/authenticator?returnUrl=%2Fa%2Fnorthwind%2Fprofile";
    private const string OfEverybody = "requires a second factor of everybody, so that a stolen password is not enough";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => RequireAsync(SecondFactorRule.Nobody);

    [Fact]
    public async Task A_bound_member_sets_up_an_app_goes_on_and_is_asked_again_after_turning_it_off()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");
        await RequireAsync(SecondFactorRule.Everybody);

        (await LedToAsync(ben, Page)).Should().Be(SetUp);
        var page = WebUtility.HtmlDecode(await ben.GetStringAsync(SetUp));
        page.Should().Contain(OfEverybody).And.Contain("href=\"/a/southside/calendar\"").And.Contain("data-passkey-add");
        (await ben.GetAsync("/a/southside/profile")).StatusCode.Should().Be(HttpStatusCode.OK, "the other sub-account requires nothing");
        (await LedToAsync(ben, $"/a/northwind/zoom/confirm/{Guid.NewGuid()}")).Should().StartWith("/account/authenticator?returnUrl=");

        var key = Regex.Match(page, "class=\"key\"[^>]*>(?<key>[A-Z2-7 ]+)<").Groups["key"].Value.Replace(" ", "");
        var codes = await (await ben.PostFormAsync(SetUp, "turn-on", ("Input.Code", AuthenticatorCode.Of(key, 0)))).TextAsync();
        codes.Should().Contain("Recovery codes").And.Contain($"href=\"{Page}\"").And.NotContain(OfEverybody);
        (await ben.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await ben.GetStringAsync("/account/authenticator")).Should().Contain("you set one up again before you go on there");
        (await ben.PostFormAsync("/account/authenticator", "turn-off")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await LedToAsync(ben, Page)).Should().Be(SetUp, "the app on a new phone");
    }

    [Fact]
    public async Task A_rule_for_admins_binds_admins_alone_and_no_program()
    {
        using var ada = await app.SignedInAsync("ada@demo.test");
        using var cleo = await app.SignedInAsync("cleo@demo.test");
        await using var db = await app.OpenDatabaseAsync();
        var admin = new Actor(
            await db.SubAccounts.Where(row => row.Slug == "northwind").Select(row => row.Id).SingleAsync(),
            await UserAsync("ada@demo.test"),
            Role.Admin)
        {
            IsApp = true,
        };
        var made = await app.Services.GetRequiredService<PrivateTokens>().CreateAsync(
            "Program", [.. TokenScopes.All.Select(scope => scope.Name)], null, admin, TimeProvider.System.GetUtcNow(), default);

        await RequireAsync(SecondFactorRule.Admins);

        (await LedToAsync(ada, Page)).Should().Be(SetUp);
        (await ada.GetStringAsync(SetUp)).Should().Contain("requires a second factor of its admins");
        (await cleo.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/calendars/?locationId={admin.SubAccountId.Value}");
        request.Headers.Add("Authorization", $"Bearer {made.Secret!.Text}");
        request.Headers.Add("Version", "2021-04-15");
        using var program = app.NewVisitor();
        (await program.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK, "a program has no second factor");
    }

    [Fact]
    public async Task Who_has_a_passkey_and_signed_in_by_password_signs_in_again_instead_of_adding_an_app()
    {
        var user = await UserAsync("cleo@demo.test");
        var actor = new Actor(default, user, null) { IsApp = true };
        var message = new Message
        {
            Id = Guid.NewGuid(),
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            State = MessageState.Dropped,
        };
        (await app.Services.GetRequiredService<Passkeys>().AddAsync(
            new UserPasskeyInfo([7], [7], default, 0, null, true, false, false, [], []),
            "Phone",
            message,
            actor,
            TimeProvider.System.GetUtcNow(),
            default)).Succeeded.Should().BeTrue();
        using var cleo = await app.SignedInAsync("cleo@demo.test");
        await RequireAsync(SecondFactorRule.Everybody);

        (await LedToAsync(cleo, Page)).Should().Be(SetUp);
        var page = WebUtility.HtmlDecode(await cleo.GetStringAsync(SetUp));

        page.Should().Contain(OfEverybody).And.Contain("You have a second factor, and did not sign in with it.")
            .And.Contain("value=\"/account/sign-in?returnUrl=%2Fa%2Fnorthwind%2Fprofile\"")
            .And.NotContain("class=\"key\"").And.NotContain("data-passkey-add");
        await using var db = await app.OpenDatabaseAsync();
        await db.Sessions.Where(row => row.UserId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.HasSecondFactor, true));
        (await cleo.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK, "as after signing in by the passkey");
    }

    private static async Task<string> LedToAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, path);
        var target = answer.Headers.Location!;
        return target.IsAbsoluteUri ? target.PathAndQuery : target.OriginalString;
    }

    private async Task RequireAsync(SecondFactorRule rule)
    {
        await using var db = await app.OpenDatabaseAsync();
        await db.SubAccounts.Where(row => row.Slug == "northwind")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecondFactor, rule));
    }

    private async Task<UserId> UserAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync();
    }
}
