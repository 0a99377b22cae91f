using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web;

/// <summary>All e-mail addresses that bookers may use, users may use.</summary>
public sealed class AddressesOfUsersTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Password = "a long password";

    [Theory]
    [InlineData("o'brien@example.test", "O'Brien@Example.test")]
    [InlineData("jo+zoom.b_c-d!#$%&*/=?^`{|}~@example.test", "JO+zoom.b_c-d!#$%&*/=?^`{|}~@example.test")]
    [InlineData("ünal@münchen.de", "U\u0308NAL@xn--mnchen-3ya.de")]
    [InlineData("\"jo field\"@example.test", "\"Jo Field\"@example.test")]
    [InlineData("用户@例子.广告", " 用户@例子.广告 ")]
    public async Task Every_registered_address_can_sign_in_and_reset_its_password(string email, string otherwise)
    {
        using var visitor = app.NewVisitor();
        await RegisterAsync(visitor, email);
        var registered = await app.ConfirmRegistrationAsync(visitor, email);
        using var twin = app.NewVisitor();
        await RegisterAsync(twin, otherwise);
        using var known = await app.SignedInAsync(otherwise, Password);

        registered.StatusCode.Should().Be(HttpStatusCode.Redirect, await AlertOf(registered));
        (await app.LinkToAsync(email, "has an account already")).Should().Be("/account/sign-in");
        using var forgetful = app.NewVisitor();
        await forgetful.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", otherwise));
        var link = await app.LinkToAsync(email, "/account/reset-password");
        var reset = await forgetful.PostFormAsync(link, "reset-password", ("Input.Password", "another long password"));
        (await reset.TextAsync()).Should().Contain("Your password has been changed.");
        using var anew = await app.SignedInAsync(email, "another long password");
    }

    [Fact]
    public async Task Registering_at_the_same_moment_makes_one_account_for_one_address_and_an_address_for_each_business()
    {
        string[] emails =
            ["same@example.test", "SAME@example.test", "one@example.test", "two@example.test", "three@example.test", "same@example.test"];
        foreach (var email in emails)
        {
            using var visitor = app.NewVisitor();
            await RegisterAsync(visitor, email, business: "All at once");
        }

        var mailbox = app.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(
            () => LinksTo(mailbox, emails).Count == emails.Length, TimeSpan.FromSeconds(60), "a link for each registration is sent");
        var answers = await Task.WhenAll(LinksTo(mailbox, emails).Select(async link =>
        {
            using var visitor = app.NewVisitor();
            return await visitor.PostFormAsync(link, "confirm-registration");
        }));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).Should().Be(4);
        answers.Should().OnlyContain(answer => (int)answer.StatusCode < 500);
    }

    [Fact]
    public async Task An_invitation_to_an_address_with_an_apostrophe_is_accepted()
    {
        const string email = "d'arcy@example.test";
        var invitations = app.Services.GetRequiredService<Invitations>();
        await using var db = await app.OpenDatabaseAsync();
        var admin = await db.Memberships.Where(row => row.Role == Role.Admin).FirstAsync();
        var token = "";
        await invitations.InviteAsync(
            email,
            Role.User,
            secret =>
            {
                token = secret;
                return app.Services.GetRequiredService<MessageOutbox>().RowOf(new OutgoingMessage(email, "Invitation", secret));
            },
            new Actor(admin.SubAccountId, admin.UserId, Role.Admin),
            DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()),
            CancellationToken.None);
        using var visitor = app.NewVisitor();

        var joined = await visitor.PostFormAsync(
            $"/account/invitation?token={Uri.EscapeDataString(token)}",
            "register-invited",
            ("Input.Name", "D'Arcy"),
            ("Input.Password", Password));

        joined.StatusCode.Should().Be(HttpStatusCode.Redirect, await AlertOf(joined));
        (await db.Users.SingleAsync(user => user.Email == email)).Name.Should().Be("D'Arcy");
    }

    [Theory]
    [InlineData("\u200b", "Northwind")]
    [InlineData("\u2060\u00ad\u200d", "Northwind")]
    [InlineData("\u3164", "Northwind")]
    [InlineData("Dee", "\u200b")]
    public async Task An_invisible_name_is_refused(string name, string business)
    {
        using var visitor = app.NewVisitor();

        var answer = await RegisterAsync(visitor, $"{Guid.NewGuid():N}@example.test", name, business);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.TextAsync()).Should().Contain(name == "Dee" ? "Enter a name for your business." : "Enter your name.");
    }

    [Fact]
    public async Task Text_that_is_not_an_address_is_refused_with_a_sentence()
    {
        using var visitor = app.NewVisitor();

        foreach (var email in (string[])["jo", "jo@", "jo@example.test\u200b", "jo\ufffe@example.test", "Jo <jo@example.test>"])
        {
            (await (await RegisterAsync(visitor, email)).TextAsync()).Should().Contain("Enter an email address such as jo@example.com.");
        }
    }

    private static Task<HttpResponseMessage> RegisterAsync(
        HttpClient visitor, string email, string name = "Dee Novak", string business = "Northwind") =>
        visitor.PostFormAsync(
        "/account/register",
        "register",
        ("Input.Name", name),
        ("Input.Business", business),
        ("Input.Email", email),
        ("Input.Password", Password),
        ("Input.TimeZone", "Europe/Prague"));

    private static async Task<string> AlertOf(HttpResponseMessage answer) =>
        Regex.Match(await answer.TextAsync(), "role=\"alert\"[^>]*>(?<words>[^<]+)<").Groups["words"].Value;

    private static List<string> LinksTo(Mailbox mailbox, string[] emails) =>
    [
        .. mailbox.Messages.Where(stored => emails.Contains(stored.Message.To))
            .Select(stored => new Uri(Regex.Match(stored.Message.Body, @"https?://\S+").Value).PathAndQuery),
    ];
}
