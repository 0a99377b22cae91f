using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web;

/// <summary>A second factor by an authenticator app. Each test has a user of its own.</summary>
public sealed partial class AuthenticatorTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Setup = "/account/authenticator";
    private const string SecondStep = "/account/second-step";
    private const string Password = "Zoom-Calendar-1";

    [Fact]
    public async Task Signing_in_asks_for_a_code_which_works_once()
    {
        using var ada = await app.SignedInAsync("ada@demo.test");
        using var elsewhere = await app.SignedInAsync("ada@demo.test");
        var (key, recovery) = await TurnOnAsync(ada);
        (await ada.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.OK, "this browser goes on");
        (await elsewhere.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect, "the others end");

        using var visitor = app.NewVisitor();
        (await FirstStepAsync(visitor, "ada@demo.test")).Headers.Location!.AbsolutePath.Should().Be(SecondStep);
        (await visitor.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.Redirect, "the password opens no page");
        (await (await SecondAsync(visitor, "000000")).TextAsync()).Should().Contain("not right, or was used already");
        var code = AuthenticatorCode.Of(key, 1);
        (await SecondAsync(visitor, code)).Headers.Location!.AbsolutePath.Should().Be("/");
        (await visitor.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.OK);

        using var second = app.NewVisitor();
        await FirstStepAsync(second, "ada@demo.test");
        (await (await SecondAsync(second, code)).TextAsync()).Should().Contain("was used already");
        (await SecondAsync(second, recovery[0].ToLowerInvariant().Replace("-", ""))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var third = app.NewVisitor();
        await FirstStepAsync(third, "ada@demo.test");
        (await SecondAsync(third, recovery[0])).StatusCode.Should().Be(HttpStatusCode.OK, "a recovery code works once");
        await MailedAsync("ada@demo.test", "An authenticator app was added");
        await MailedAsync("ada@demo.test", "A recovery code was used");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Sessions.Where(row => row.HasSecondFactor).CountAsync()).Should().Be(3, "here, by a code, and by a recovery code");
    }

    [Fact]
    public async Task Key_and_recovery_codes_are_encrypted_in_the_database()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");
        var (key, recovery) = await TurnOnAsync(ben);

        await using var db = await app.OpenDatabaseAsync();
        var user = await db.Users.Where(row => row.Email == "ben@demo.test").Select(row => row.Id).SingleAsync();
        var stored = await db.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<Core.Ids.UserId>>()
            .Where(row => row.UserId == user).Select(row => row.Value).ToListAsync();

        stored.Should().HaveCount(2).And.NotContain(value => value!.Contains(key) || value.Contains(recovery[0]));
        (await ben.PostFormAsync(Setup, "turn-off")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        await MailedAsync("ben@demo.test", "The authenticator app was removed");
        using var visitor = app.NewVisitor();
        (await FirstStepAsync(visitor, "ben@demo.test")).Headers.Location!.AbsolutePath.Should().Be("/");
    }

    [Fact]
    public async Task Five_wrong_codes_pause_and_a_changed_password_ends_the_second_step()
    {
        using var cleo = await app.SignedInAsync("cleo@demo.test");
        var (key, _) = await TurnOnAsync(cleo);
        using var stranger = app.NewVisitor();
        await FirstStepAsync(stranger, "cleo@demo.test");
        for (var number = 0; number < 5; number++)
        {
            await SecondAsync(stranger, "000000");
        }

        (await SecondAsync(stranger, AuthenticatorCode.Of(key, 1))).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await cleo.PostFormAsync(
            "/account/change-password", "change-password", ("Input.Current", Password), ("Input.Password", "a new long password")))
            .StatusCode.Should().Be(HttpStatusCode.OK);

        (await (await stranger.GetAsync(SecondStep)).TextAsync()).Should().Contain("your password was changed meanwhile");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SecondFactorReset>().ResetAsync("cleo@demo.test", default);
        }

        (await cleo.GetAsync(Setup)).StatusCode.Should().Be(HttpStatusCode.Redirect, "the operator's reset ends all sessions");
        using var again = await app.SignedInAsync("cleo@demo.test", "a new long password");
    }

    [Fact]
    public async Task Without_a_fresh_proof_the_page_asks_for_the_password_and_shows_no_key()
    {
        const string dan = "fresh-proof@demo.test";
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<User>>();
            (await users.CreateAsync(new User { Id = new(Guid.NewGuid()), UserName = dan, Email = dan, Name = "Dan" }, Password))
                .Succeeded.Should().BeTrue();
        }

        using var client = await app.SignedInAsync(dan);
        await using var db = await app.OpenDatabaseAsync();
        var user = await db.Users.Where(row => row.Email == dan).Select(row => row.Id).SingleAsync();
        await db.Sessions.Where(row => row.UserId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null));

        var page = await client.GetStringAsync(Setup);
        var wrong = await (await client.PostFormAsync(Setup, "confirm", ("Proof.Password", "wrong"))).TextAsync();
        var right = await client.PostFormAsync(Setup, "confirm", ("Proof.Password", Password));

        page.Should().Contain("Confirm that it is you").And.NotContain("class=\"key\"");
        wrong.Should().Contain("The password is not right.");
        right.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await client.GetStringAsync(Setup)).Should().Contain("class=\"key\"");
    }

    private static Task<HttpResponseMessage> FirstStepAsync(HttpClient visitor, string email) =>
        visitor.PostFormAsync("/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", Password));

    private static Task<HttpResponseMessage> SecondAsync(HttpClient visitor, string code) =>
        visitor.PostFormAsync(SecondStep, "second-step", ("Input.Code", code));

    private static async Task<(string Key, string[] Recovery)> TurnOnAsync(HttpClient client)
    {
        var key = KeyOnPage().Match(await client.GetStringAsync(Setup)).Groups["key"].Value.Replace(" ", "");
        var answer = await (await client.PostFormAsync(Setup, "turn-on", ("Input.Code", AuthenticatorCode.Of(key, 0)))).TextAsync();
        var recovery = CodeOnPage().Matches(answer).Select(match => match.Groups["code"].Value).ToArray();
        recovery.Should().HaveCount(10, answer);
        return (key, recovery);
    }

    private async Task MailedAsync(string email, string subject)
    {
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(
            () => mailbox.Messages.Any(stored =>
                stored.Message.To == email && stored.Message.Subject.StartsWith(subject, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            subject);
    }

    [GeneratedRegex("class=\"key\"[^>]*>(?<key>[A-Z2-7 ]+)<")]
    private static partial Regex KeyOnPage();

    [GeneratedRegex("<code>(?<code>[A-Z0-9]{5}-[A-Z0-9]{5})</code>")]
    private static partial Regex CodeOnPage();
}
