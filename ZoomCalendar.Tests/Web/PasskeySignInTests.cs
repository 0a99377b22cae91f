using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web;

/// <summary>Signing in by a passkey over HTTP: what a browser sends, and what an attacker does.</summary>
[OnSqlite("what the app stores of passkeys is tested on both databases by PasskeysTests")]
public sealed class PasskeySignInTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Ben = "ben@demo.test";
    private const string Page = "/account/sign-in";

    [Fact]
    public async Task A_passkey_signs_in_without_an_address_and_the_user_is_mailed_about_it()
    {
        using var device = await AddedAsync(Ben);
        using var visitor = app.NewVisitor();

        var (options, state) = await BeginAsync(visitor);
        using var answer = await FinishAsync(visitor, state, device.Get(options));

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await visitor.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.OK);
        options.Should().Contain("\"userVerification\":\"required\"").And.Contain("\"rpId\":\"localhost\"");
        (JsonNode.Parse(options)!["allowCredentials"] as JsonArray ?? []).Should().BeEmpty("nothing about accounts is revealed");
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(
            () => mailbox.Messages.Any(stored => stored.Message.To == Ben && stored.Message.Subject.Contains("passkey was added")),
            TimeSpan.FromSeconds(60),
            "the user is told");
    }

    [Fact]
    public async Task An_answer_sent_again_is_refused()
    {
        using var device = await AddedAsync(Ben);
        using var visitor = app.NewVisitor();
        var (options, state) = await BeginAsync(visitor);
        var sent = device.Get(options);
        await FinishAsync(visitor, state, sent);

        using var thief = app.NewVisitor();
        using var again = await FinishAsync(thief, state, sent);

        (await AlertAsync(again)).Should().Contain("sent twice");
    }

    [Fact]
    public async Task An_answer_for_another_site_another_key_or_without_a_verified_user_is_refused()
    {
        using var device = await AddedAsync(Ben);
        using var stranger = new SoftAuthenticator(app.Address.GetLeftPart(UriPartial.Authority));
        using var visitor = app.NewVisitor();

        stranger.Create("""{"challenge":"AAAA","user":{"id":"YQ"}}""");
        await RefusedAsync(visitor, stranger.Get, "an unknown passkey");
        device.VerifiesUser = false;
        await RefusedAsync(visitor, device.Get, "the user was not verified");
        device.VerifiesUser = true;
        device.Origin = "https://evil.example";
        await RefusedAsync(visitor, device.Get, "a page of another site asked");
    }

    [Fact]
    public async Task A_smaller_counter_is_refused()
    {
        using var device = await AddedAsync(Ben, counter: 7);
        using var visitor = app.NewVisitor();

        device.Counter = 6;

        await RefusedAsync(visitor, device.Get, "there is a copy of the passkey");
    }

    [Fact]
    public async Task A_removed_passkey_is_refused()
    {
        using var device = await AddedAsync(Ben);
        var actor = await ActorAsync(Ben);
        var passkeys = app.Services.GetRequiredService<Passkeys>();
        var newest = (await passkeys.ListAsync(actor.UserId!.Value, default))[^1];

        var removed = await app.Services.GetRequiredService<OwnPasskeys>().RemoveAsync(newest.Id, actor, Here(), default);

        removed.Message.Should().BeEmpty();
        using var visitor = app.NewVisitor();
        await RefusedAsync(visitor, device.Get, "it was removed");
    }

    [Fact]
    public async Task An_answer_to_one_question_is_refused_for_another()
    {
        using var device = await AddedAsync(Ben);
        var ben = await ActorAsync(Ben);
        var own = app.Services.GetRequiredService<OwnPasskeys>();
        using var visitor = app.NewVisitor();
        var confirm = (await own.BeginConfirmingAsync(ben.UserId!.Value, Here()))!;

        using var signedIn = await FinishAsync(visitor, confirm.State, device.Get(confirm.Options));

        (await AlertAsync(signedIn)).Should().Contain("Try again");
        var again = (await own.BeginConfirmingAsync(ben.UserId!.Value, Here()))!;
        var cleo = (await ActorAsync("cleo@demo.test")).UserId!.Value;
        (await own.ConfirmAsync(again.State, device.Get(again.Options), cleo, Here(), default)).Should().Contain("Try again");
        (await own.ConfirmAsync(again.State, device.Get(again.Options), ben.UserId!.Value, Here(), default)).Should().BeNull();
    }

    [Fact]
    public async Task Whatever_is_sent_gets_a_sentence()
    {
        using var visitor = app.NewVisitor();
        var state = (await BeginAsync(visitor)).State;

        foreach (var (kept, sent) in new[]
        {
            ("", ""), (state, "null"), (state, "{}"), (state, "[]"), ("x", "{}"), (state[..^3] + "AAA", "{}"),
            (state, new string('a', 30_000)), (new string('a', 30_000), "{}"),
            (state, "{\"id\":\"\\u0000\",\"type\":\"public-key\",\"response\":{}}"),
        })
        {
            using var answer = await FinishAsync(visitor, kept, sent);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, "{0}", sent.Length > 100 ? "a long one" : sent);
            (await AlertAsync(answer)).Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Options_need_a_form_of_ours()
    {
        using var visitor = app.NewVisitor();

        using var without = await visitor.PostAsync("/account/passkey-options", new FormUrlEncodedContent([]));

        without.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static async Task<(string Options, string State)> BeginAsync(HttpClient visitor)
    {
        using var begun = await visitor.PostAsync(
            "/account/passkey-options", new FormUrlEncodedContent([new("__RequestVerificationToken", await visitor.TokenAsync())]));
        begun.Headers.CacheControl!.NoStore.Should().BeTrue();
        var json = JsonNode.Parse(await begun.Content.ReadAsStringAsync())!;
        return (json["options"]!.ToJsonString(), (string)json["state"]!);
    }

    private static Task<HttpResponseMessage> FinishAsync(HttpClient visitor, string state, string answer) =>
        visitor.PostFormAsync(Page, "passkey", ("Passkey.State", state), ("Passkey.Answer", answer), ("Passkey.Remember", "false"));

    private static async Task RefusedAsync(HttpClient visitor, Func<string, string> answer, string because)
    {
        var (options, state) = await BeginAsync(visitor);
        using var refused = await FinishAsync(visitor, state, answer(options));
        refused.StatusCode.Should().Be(HttpStatusCode.OK, because);
        (await AlertAsync(refused)).Should().Contain("This passkey cannot be used here", because);
    }

    private static async Task<string> AlertAsync(HttpResponseMessage answer) =>
        Regex.Match(await answer.TextAsync(), "role=\"alert\"[^>]*>(?<text>[^<]+)").Groups["text"].Value;

    private HttpContext Here() => new DefaultHttpContext
    {
        Request = { Scheme = "http", Host = new HostString("localhost", app.Address.Port) },
    };

    private async Task<SoftAuthenticator> AddedAsync(string email, uint counter = 0)
    {
        var (actor, own) = (await ActorAsync(email), app.Services.GetRequiredService<OwnPasskeys>());
        var device = new SoftAuthenticator(app.Address.GetLeftPart(UriPartial.Authority)) { Counter = counter };
        var request = (await own.BeginAddingAsync(actor.UserId!.Value, Here()))!;
        var added = await own.AddAsync(request.State, device.Create(request.Options), "Soft device", actor, Here(), default);
        added.Message.Should().BeEmpty();
        return device;
    }

    private async Task<Actor> ActorAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        var membership = await (
            from row in db.Memberships
            join user in db.Users on row.UserId equals user.Id
            where user.Email == email
            select row).FirstAsync();
        return Actor.Staff(membership) with { IsApp = true };
    }
}
