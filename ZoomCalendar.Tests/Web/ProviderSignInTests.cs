using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web;

/// <summary>The app beside a real OpenID Connect provider.</summary>
public sealed class ProviderHost : IAsyncLifetime
{
    internal TestProvider Provider { get; private set; } = null!;

    public AppHost App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        App = await StartAsync();
    }

    /// <summary>An app beside the same provider.</summary>
    /// <param name="linksByEmail">The operator trusts the provider for addresses.</param>
    public Task<AppHost> StartAsync(bool linksByEmail = false) => AppHost.StartAsync(host => host
        .UseSetting("OpenIdConnect:LinkByVerifiedEmail", linksByEmail ? "true" : "false")
        .UseSetting("OpenIdConnect:Authority", Provider.Address.ToString())
        .UseSetting("OpenIdConnect:ClientId", TestProvider.ClientId)
        .UseSetting("OpenIdConnect:ClientSecret", TestProvider.ClientSecret)
        .UseSetting("OpenIdConnect:DisplayName", "Example ID")
        .UseSetting("OpenIdConnect:SubAccountClaim", TestProvider.SubAccountClaim)
        .UseSetting("OpenIdConnect:RoleClaim", TestProvider.RoleClaim)
        .UseSetting("OpenIdConnect:AdminValue", "chief"));

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>Signing in by a provider: who gets in, who does not, and what they read then.</summary>
public sealed class ProviderSignInTests(ProviderHost host) : IClassFixture<ProviderHost>
{
    private const string SignIn = "/account/sign-in";

    [Fact]
    public async Task An_invitation_to_the_verified_address_makes_a_member()
    {
        var email = Unused();
        await InviteAsync(email, Role.Admin);
        using var visitor = host.App.NewVisitor();

        var page = await RoundTripAsync(visitor, new Somebody(email, email, true));

        page.Should().Be("/");
        (await MembershipsAsync(email)).Should().Equal(("northwind", Role.Admin));
        (await visitor.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.OK);
        using var again = host.App.NewVisitor();
        (await RoundTripAsync(again, new Somebody(email, null, null))).Should().Be("/profile", "the subject is known now");
    }

    [Fact]
    public async Task A_claim_makes_a_member_and_its_role_but_changes_no_role_later()
    {
        var email = Unused();
        using var visitor = host.App.NewVisitor();

        await RoundTripAsync(visitor, new Somebody(email, email, true, "southside", "no-such-place"));
        using var later = host.App.NewVisitor();
        await RoundTripAsync(later, new Somebody(email, email, true, "southside", "northwind") { Role = "chief" });

        (await MembershipsAsync(email)).Should().Equal(("northwind", Role.Admin), ("southside", Role.User));
    }

    [Fact]
    public async Task An_unverified_address_and_an_unknown_person_get_a_sentence_and_no_account()
    {
        var email = Unused();
        await InviteAsync(email, Role.User);
        using var visitor = host.App.NewVisitor();

        foreach (var isVerified in new bool?[] { false, null })
        {
            (await SentenceAsync(visitor, await RoundTripAsync(visitor, new Somebody(email, email, isVerified, "northwind"))))
                .Should().Contain("did not confirm your email address");
        }

        var stranger = Unused();
        (await SentenceAsync(visitor, await RoundTripAsync(visitor, new Somebody(stranger, stranger, true))))
            .Should().Contain("Nobody here is linked").And.Contain("invitation");
        (await MembershipsAsync(email)).Should().BeEmpty();
        (await MembershipsAsync(stranger)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_known_address_is_not_linked_by_itself()
    {
        using var visitor = host.App.NewVisitor();

        var page = await RoundTripAsync(visitor, new Somebody(Unused(), "ada@demo.test", true));

        (await SentenceAsync(visitor, page)).Should().Contain("link it under User Profile > Security");
        (await visitor.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    [OnSqlite("ProviderAccountsTests link on both databases.")]
    public async Task Where_the_provider_is_trusted_for_addresses_a_verified_one_is_linked_and_told_and_no_other()
    {
        await using var trusting = await host.StartAsync(linksByEmail: true);
        using var stranger = trusting.NewVisitor();
        foreach (var isVerified in new bool?[] { false, null })
        {
            (await SentenceAsync(stranger, await RoundTripAsync(stranger, new Somebody(Unused(), "ben@demo.test", isVerified))))
                .Should().Contain("did not confirm your email address");
        }

        (await stranger.GetAsync("/a/northwind/profile")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        var person = new Somebody(Unused(), "BEN@demo.test", true);
        using var ben = trusting.NewVisitor();
        (await RoundTripAsync(ben, person)).Should().Be("/profile");

        (await ben.GetStringAsync("/a/northwind/profile")).Should().Contain("Ben");
        using var later = trusting.NewVisitor();
        (await RoundTripAsync(later, person with { Email = null })).Should().Be("/profile", "the subject is known now");
        var mailbox = trusting.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(
            () => mailbox.Messages.Any(stored => stored.Message.To == "ben@demo.test"
                && stored.Message.Body.Contains("/profile/security", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            "the owner of the account is told, and where to unlink it");
    }

    [Fact]
    public async Task A_signed_in_user_links_signs_in_and_unlinks()
    {
        var person = new Somebody(Unused(), null, null);
        using var ben = await host.App.SignedInAsync("ben@demo.test");

        (await RoundTripAsync(ben, person, "/account/provider/link")).Should().StartWith("/profile/security?provider=Linked");

        using var elsewhere = host.App.NewVisitor();
        (await RoundTripAsync(elsewhere, person)).Should().Be("/profile");
        (await elsewhere.GetStringAsync("/a/northwind/profile")).Should().Contain("Ben");
        using var cleo = await host.App.SignedInAsync("cleo@demo.test");
        (await RoundTripAsync(cleo, person, "/account/provider/link")).Should().EndWith("provider=Taken");
        var (accounts, id) = (host.App.Services.GetRequiredService<ProviderAccounts>(), await UserAsync("ben@demo.test"));
        var message = host.App.Services.GetRequiredService<MessageOutbox>()
            .RowOf(new OutgoingMessage("ben@demo.test", "Unlinked", "Unlinked"));
        var actor = new Actor(default, id, null) { IsApp = true };
        (await accounts.UnlinkAsync(message, actor, TimeProvider.System.GetUtcNow(), default)).Succeeded.Should().BeTrue();
        using var after = host.App.NewVisitor();
        (await SentenceAsync(after, await RoundTripAsync(after, person))).Should().Contain("did not confirm");
    }

    [Fact]
    public async Task The_only_way_to_sign_in_cannot_be_unlinked()
    {
        var email = Unused();
        using var visitor = host.App.NewVisitor();
        await RoundTripAsync(visitor, new Somebody(email, email, true, "northwind"));
        var message = host.App.Services.GetRequiredService<MessageOutbox>().RowOf(new OutgoingMessage(email, "Unlinked", "Unlinked"));

        var outcome = await host.App.Services.GetRequiredService<ProviderAccounts>().UnlinkAsync(
            message, new Actor(default, await UserAsync(email), null) { IsApp = true }, TimeProvider.System.GetUtcNow(), default);

        outcome.Message.Should().Contain("only way to sign in");
    }

    [Fact]
    public async Task A_user_without_a_password_confirms_by_signing_in_again_at_the_provider()
    {
        const string page = "/account/authenticator";
        var (email, person) = (Unused(), new Somebody(Unused(), null, null));
        person = person with { Email = email, IsVerified = true, SubAccounts = ["northwind"] };
        using var petra = host.App.NewVisitor();
        await RoundTripAsync(petra, person);
        await using var db = await host.App.OpenDatabaseAsync();
        var user = await UserAsync(email);
        await db.Sessions.Where(row => row.UserId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null));

        var asked = await petra.GetStringAsync(page);
        using var begun = await petra.PostAsync(
            "/account/provider",
            new FormUrlEncodedContent(
                [new("__RequestVerificationToken", await petra.TokenAsync()), new("returnUrl", page), new("again", "true")]));

        asked.Should().Contain("Sign in with Example ID").And.NotContain("id=\"password\"", "there is none");
        begun.Headers.Location!.Query.Should().Contain("prompt=login", "an open page at the provider is no proof");
        await RoundTripAsync(petra, person);
        (await petra.GetStringAsync(page)).Should().Contain("class=\"key\"");
    }

    [Fact]
    public async Task A_refusal_a_changed_state_and_a_callback_sent_again_end_on_a_page_with_a_sentence()
    {
        var email = Unused();
        await InviteAsync(email, Role.User);
        using var visitor = host.App.NewVisitor();

        (await SentenceAsync(visitor, await RoundTripAsync(visitor, null))).Should().Contain("refused or cancelled");
        var callback = await CallbackAsync(visitor, new Somebody(email, email, true));
        var changed = Regex.Replace(callback, "state=[^&]{20}", "state=AAAAAAAAAAAAAAAAAAAA");
        (await SentenceAsync(visitor, await FollowAsync(visitor, changed))).Should().Contain("Try again");
        using var other = host.App.NewVisitor();
        (await SentenceAsync(other, await FollowAsync(other, callback))).Should().Contain("Try again", "another browser began");
        (await MembershipsAsync(email)).Should().BeEmpty();
        (await FollowAsync(visitor, callback)).Should().Be("/");
        (await SentenceAsync(other, await FollowAsync(visitor, callback))).Should().Contain("Try again", "it was used");
        foreach (var odd in new[] { "", "?state=x", "?code=x", "?error=server_error&state=x", "?state=%00%EF%BF%BE&code=%00" })
        {
            (await SentenceAsync(other, await FollowAsync(other, $"/account/provider/callback{odd}"))).Should().NotBeEmpty(odd);
        }
    }

    [Fact]
    public async Task A_provider_that_is_down_ends_on_a_page_with_a_sentence()
    {
        using var visitor = host.App.NewVisitor();
        var callback = await CallbackAsync(visitor, new Somebody(Unused(), null, null));
        host.Provider.IsDown = true;
        try
        {
            (await SentenceAsync(visitor, await FollowAsync(visitor, callback))).Should().Contain("does not work at the moment");
        }
        finally
        {
            host.Provider.IsDown = false;
        }
    }

    [Fact]
    public async Task Only_a_form_of_ours_begins_a_round_trip()
    {
        using var visitor = host.App.NewVisitor();

        using var answer = await visitor.PostAsync("/account/provider", new FormUrlEncodedContent([]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await visitor.GetStringAsync(SignIn)).Should().Contain("Sign in with Example ID");
    }

    private static string Unused() => $"{Guid.NewGuid():N}@example.test";

    private static async Task<string> FollowAsync(HttpClient visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<string> SentenceAsync(HttpClient visitor, string page)
    {
        page.Should().StartWith($"{SignIn}?provider=");
        using var answer = await visitor.GetAsync(page);
        return Regex.Match(await answer.TextAsync(), "role=\"alert\"[^>]*>(?<text>[^<]+)").Groups["text"].Value;
    }

    /// <summary>Where the browser ends up.</summary>
    private async Task<string> RoundTripAsync(HttpClient visitor, Somebody? person, string form = "/account/provider") =>
        await FollowAsync(visitor, await CallbackAsync(visitor, person, form));

    /// <summary>The address with which the provider sends the browser back.</summary>
    private async Task<string> CallbackAsync(HttpClient visitor, Somebody? person, string form = "/account/provider")
    {
        host.Provider.Person = person;
        using var begun = await visitor.PostAsync(
            form,
            new FormUrlEncodedContent([new("__RequestVerificationToken", await visitor.TokenAsync()), new("returnUrl", "/profile")]));
        begun.StatusCode.Should().Be(HttpStatusCode.Redirect);
        begun.Headers.Location!.Query.Should().Contain("code_challenge=").And.Contain("nonce=").And.Contain("response_type=code");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var back = await FollowAsync(browser, begun.Headers.Location.AbsoluteUri);
        return back[visitor.BaseAddress!.GetLeftPart(UriPartial.Authority).Length..];
    }

    private async Task InviteAsync(string email, Role role)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var northwind = await db.SubAccounts.SingleAsync(row => row.Slug == "northwind");
        var now = TimeProvider.System.GetUtcNow();
        db.Invitations.Add(new Invitation
        {
            Id = Guid.NewGuid(),
            SubAccountId = northwind.Id,
            Email = email,
            Role = role,
            InvitedBy = await UserAsync("ada@demo.test"),
            SecretHash = "",
            CreatedAt = now,
            ExpiresAt = now + Invitation.Lifetime,
        });
        await db.SaveChangesAsync();
    }

    private async Task<UserId> UserAsync(string email)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        return await db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync();
    }

    private async Task<List<(string Slug, Role Role)>> MembershipsAsync(string email)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        return
        [
            .. (await (
                from membership in db.Memberships
                join user in db.Users on membership.UserId equals user.Id
                join subAccount in db.SubAccounts on membership.SubAccountId equals subAccount.Id
                where user.Email == email
                orderby subAccount.Slug
                select new { subAccount.Slug, membership.Role }).ToListAsync()).Select(row => (row.Slug, row.Role)),
        ];
    }
}
