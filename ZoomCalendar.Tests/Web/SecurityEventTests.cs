using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>What people do at the account forms is in the security log, with the network address and the browser.</summary>
[OnSqlite("AuditLogTests write and read the log on both databases.")]
public sealed class SecurityEventTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Password = "Zoom-Calendar-1";

    [Fact]
    public async Task Refused_sign_in_sign_in_changed_password_and_sign_out_are_in_the_security_log()
    {
        using var ben = app.NewVisitor();
        ben.DefaultRequestHeaders.UserAgent.ParseAdd("TestBrowser/1.0");
        (await SignInAsync(ben, "ben@demo.test", "a wrong password")).Should().Be(HttpStatusCode.OK);
        (await SignInAsync(ben, "nobody@demo.test", "a wrong password")).Should().Be(HttpStatusCode.OK);
        (await SignInAsync(ben, "ben@demo.test", Password)).Should().Be(HttpStatusCode.Redirect);
        using var changed = await ben.PostFormAsync(
            "/account/change-password", "change-password", ("Input.Current", Password), ("Input.Password", "a new long password"));
        using var signedOut = await ben.PostAsync(
            "/account/sign-out",
            new FormUrlEncodedContent([new("returnUrl", "/"), new("__RequestVerificationToken", await ben.TokenAsync())]));
        signedOut.StatusCode.Should().Be(HttpStatusCode.Redirect);

        // The refusal is written after its answer.
        IReadOnlyList<AuditLine> lines = [];
        await Eventually.HoldsAsync(
            async () => (lines = await LinesAsync("ben@demo.test")).Count >= 4, TimeSpan.FromSeconds(60), "four events are written");

        lines.Select(line => line.Kind).Should().BeEquivalentTo(
            [AuditKind.SignInRefused, AuditKind.SignedIn, AuditKind.PasswordChanged, AuditKind.SignedOut]);
        lines.Should().OnlyContain(line => line.Device == "TestBrowser/1.0" && line.Address.Length > 0 && line.Subject == "");
    }

    [Fact]
    public async Task Confirming_again_who_one_is_is_in_the_security_log()
    {
        using var cleo = await app.SignedInAsync("cleo@demo.test");
        await using (var db = await app.OpenDatabaseAsync())
        {
            var user = await db.Users.Where(row => row.Email == "cleo@demo.test").Select(row => row.Id).SingleAsync();
            await db.Sessions.Where(row => row.UserId == user)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null));
        }

        using var wrong = await cleo.PostFormAsync("/account/authenticator", "confirm", ("Proof.Password", "a wrong password"));
        using var right = await cleo.PostFormAsync("/account/authenticator", "confirm", ("Proof.Password", Password));

        right.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await LinesAsync("cleo@demo.test")).Select(line => line.Kind).Should().Equal(AuditKind.ProofRenewed, AuditKind.SignedIn);
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient visitor, string email, string password)
    {
        using var answer = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        return answer.StatusCode;
    }

    /// <summary>The events of one member, as an admin of the business reads them.</summary>
    private async Task<IReadOnlyList<AuditLine>> LinesAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        var northwind = await db.SubAccounts.Where(row => row.Slug == "northwind").Select(row => row.Id).SingleAsync();
        var people = await db.Users.Where(row => row.Email == "ada@demo.test" || row.Email == email)
            .ToDictionaryAsync(row => row.Email!, row => row.Id);
        var page = await app.Services.GetRequiredService<AuditReader>().ReadAsync(
            new AuditQuery(Person: people[email], Take: 100), new Actor(northwind, people["ada@demo.test"], Role.Admin), default);
        return page.Lines;
    }
}
