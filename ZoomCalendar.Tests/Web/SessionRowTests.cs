using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Web;

/// <summary>A session is a row: what ends it ends every copy of its cookie.</summary>
public sealed class SessionRowTests : IAsyncLifetime
{
    private const string Page = "/a/northwind/profile";

    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync();

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task Signing_out_ends_a_copied_cookie()
    {
        var (ben, thief) = await SignInAndCopyAsync("ben@demo.test");
        (await thief.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK);

        await PostAsync(ben, "/account/sign-out");

        (await thief.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.Redirect, "the session is over");
        (await thief.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_elsewhere_at_once_and_goes_on_here()
    {
        var (ben, thief) = await SignInAndCopyAsync("ben@demo.test");
        using var elsewhere = await _app.SignedInAsync("ben@demo.test");

        await ben.PostFormAsync(
            "/account/change-password",
            "change-password",
            ("Input.Current", "Zoom-Calendar-1"),
            ("Input.Password", "a new long password"));

        (await ben.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await thief.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_ends_with_the_browser_unless_the_user_wants_to_be_remembered()
    {
        using var visitor = _app.NewVisitor();

        (await CookieAsync(visitor)).Should().NotContain("expires=");
        (await CookieAsync(visitor, ("Input.Remember", "true"))).Should().Contain("expires=");
        (await visitor.GetStringAsync("/account/sign-in?again")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_role_changed_in_one_sub_account_ends_nothing_in_another()
    {
        using var ben = await _app.SignedInAsync("ben@demo.test");
        var before = await StampAsync("ben@demo.test");
        await using var db = await _app.OpenDatabaseAsync();
        var (ada, southside) = (await db.Users.SingleAsync(user => user.Email == "ada@demo.test"), await SubAccountAsync("southside"));
        var northwind = await SubAccountAsync("northwind");
        var member = await (
            from membership in db.Memberships
            join user in db.Users on membership.UserId equals user.Id
            where user.Email == "ben@demo.test" && membership.SubAccountId == northwind
            select membership).SingleAsync();

        var changed = await _app.Services.GetRequiredService<Team>().ChangeRoleAsync(
            member.UserId,
            member.Version,
            member.Role is Role.Admin ? Role.User : Role.Admin,
            new Actor(northwind, ada.Id, Role.Admin) { IsApp = true },
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None);

        changed.Succeeded.Should().BeTrue(changed.Message);
        southside.Should().NotBe(northwind);
        (await ben.GetAsync("/a/southside/profile")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await StampAsync("ben@demo.test")).Should().Be(before, "sessions go on");
    }

    [Fact]
    public async Task A_reset_password_ends_every_session()
    {
        var (ben, thief) = await SignInAndCopyAsync("ben@demo.test");
        using var visitor = _app.NewVisitor();
        await visitor.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "ben@demo.test"));

        await visitor.PostFormAsync(
            await _app.LinkToAsync("ben@demo.test", "/account/reset-password"),
            "reset-password",
            ("Input.Password", "a new long password"));

        (await ben.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await thief.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        await using var db = await _app.OpenDatabaseAsync();
        (await db.Sessions.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_session_of_somebody_else_cannot_be_ended()
    {
        using var ada = await _app.SignedInAsync("ada@demo.test");
        await using var db = await _app.OpenDatabaseAsync();
        var (session, ben) = (await db.Sessions.SingleAsync(), await db.Users.SingleAsync(user => user.Email == "ben@demo.test"));

        await _app.Services.GetRequiredService<Sessions>().EndAsync(session.Id, ben.Id, CancellationToken.None);

        (await ada.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unused_session_expires_and_an_open_page_keeps_its_session()
    {
        var sessions = _app.Services.GetRequiredService<Sessions>();
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await _app.OpenDatabaseAsync();
        var ben = (await db.Users.SingleAsync(user => user.Email == "ben@demo.test")).Id;
        var (brief, remembered) = (await StartAsync(false), await StartAsync(true));

        var later = now + Session.Lifetime;
        (await sessions.UseAsync(brief, ben, later, CancellationToken.None)).Should().BeNull();
        (await sessions.UseAsync(remembered, ben, later, CancellationToken.None)).Should().NotBeNull();
        await sessions.KeepAsync([remembered], later + TimeSpan.FromDays(10), CancellationToken.None);
        (await sessions.UseAsync(remembered, ben, later + TimeSpan.FromDays(20), CancellationToken.None)).Should().NotBeNull();

        Task<SessionId> StartAsync(bool isRemembered) =>
            sessions.StartAsync(ben, "Firefox", "192.0.2.1", isRemembered, now, CancellationToken.None);
    }

    [Fact]
    public async Task An_end_in_another_process_is_noticed_after_two_checks()
    {
        var sessions = _app.Services.GetRequiredService<Sessions>();
        var open = new OpenSessions();
        await using var db = await _app.OpenDatabaseAsync();
        var ben = (await db.Users.SingleAsync(user => user.Email == "ben@demo.test")).Id;
        var now = TimeProvider.System.GetUtcNow();
        var (ended, kept) = (
            await sessions.StartAsync(ben, "", "", false, now, CancellationToken.None),
            await sessions.StartAsync(ben, "", "", false, now, CancellationToken.None));
        List<SessionId> told = [];
        using var first = open.WatchFor(ended, () => told.Add(ended));
        using var second = open.WatchFor(kept, () => told.Add(kept));
        var service = new OpenSessionsService(
            open, sessions, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<OpenSessionsService>.Instance);
        await db.Sessions.Where(row => row.Id == ended).ExecuteDeleteAsync();

        await service.CheckAsync(CancellationToken.None);
        told.Should().BeEmpty("the browser may have a new cookie in a moment");
        await service.CheckAsync(CancellationToken.None);

        told.Should().Equal(ended);
        first.Dispose();
        open.Ids.Should().Equal(kept);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient who, string path) => PostAsync(who, path, []);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient who, string path, KeyValuePair<string, string>[] fields) =>
        await who.PostAsync(
            path, new FormUrlEncodedContent([new("__RequestVerificationToken", await who.TokenAsync()), .. fields]));

    private static async Task<string> CookieAsync(HttpClient visitor, params (string, string)[] more)
    {
        using var answer = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", [("Input.Email", "ben@demo.test"), ("Input.Password", "Zoom-Calendar-1"), .. more]);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("zoomcalendar=", StringComparison.Ordinal));
        await PostAsync(visitor, "/account/sign-out");
        return cookie;
    }

    /// <summary>Somebody who signed in, and somebody who has a copy of the cookies.</summary>
    private async Task<(HttpClient Owner, HttpClient Thief)> SignInAndCopyAsync(string email)
    {
        var cookies = new CookieContainer();
        var owner = Client(cookies);
        var answer = await owner.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", "Zoom-Calendar-1"));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        var copied = new CookieContainer();
        copied.Add(cookies.GetCookies(_app.Address));
        return (owner, Client(copied));
    }

    private HttpClient Client(CookieContainer cookies) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = _app.Address };

    private async Task<string?> StampAsync(string email)
    {
        await using var db = await _app.OpenDatabaseAsync();
        return await db.Users.Where(user => user.Email == email).Select(user => user.SecurityStamp).SingleAsync();
    }

    private async Task<SubAccountId> SubAccountAsync(string slug)
    {
        await using var db = await _app.OpenDatabaseAsync();
        return await db.SubAccounts.Where(row => row.Slug == slug).Select(row => row.Id).SingleAsync();
    }
}
