using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web;

public sealed class AccountTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Password = "Zoom-Calendar-1";

    [Theory]
    [InlineData("/profile", "/profile")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task Signing_in_returns_to_this_site_only(string asked, string gone)
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.PostFormAsync(
            "/account/sign-in?returnUrl=" + Uri.EscapeDataString(asked),
            "sign-in",
            ("Input.Email", "ada@demo.test"),
            ("Input.Password", Password));

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        new Uri(app.Address, answer.Headers.Location!).Should().Be(new Uri(app.Address, gone));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_address_get_the_same_answer()
    {
        using var visitor = app.NewVisitor();

        var wrong = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", "ada@demo.test"), ("Input.Password", "not it at all"));
        var unknown = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", "nobody@demo.test"), ("Input.Password", "not it at all"));

        (await AlertOf(wrong)).Should().Be(await AlertOf(unknown)).And.Contain("do not match");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await using var own = await AppHost.StartAsync();
        using var visitor = own.NewVisitor();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await visitor.PostFormAsync(
                "/account/sign-in", "sign-in", ("Input.Email", "cleo@demo.test"), ("Input.Password", "not it at all"));
        }

        var right = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", "cleo@demo.test"), ("Input.Password", Password));

        right.StatusCode.Should().Be(HttpStatusCode.OK);
        (await AlertOf(right)).Should().Contain("pauses for 15 minutes");
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing_and_says_so()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");

        var answer = await ben.PostAsync("/account/sign-out", new FormUrlEncodedContent([new("returnUrl", "/")]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.TextAsync()).Should().Contain("Nothing was changed.");
        (await ben.GetAsync("/a/northwind/calendar")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_get_the_same_answer_to_a_forgotten_password()
    {
        using var visitor = app.NewVisitor();

        var known = await visitor.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "ada@demo.test"));
        var unknown = await visitor.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "nobody@demo.test"));

        (await MainOf(known)).Should().Be(await MainOf(unknown)).And.Contain("If this address belongs to an account");
    }

    [Fact]
    public async Task A_reset_link_works_once_and_only_the_new_password_signs_in()
    {
        await using var own = await AppHost.StartAsync();
        using var visitor = own.NewVisitor();
        await visitor.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "cleo@demo.test"));
        var mailbox = own.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(() => mailbox.Messages.Count == 1, TimeSpan.FromSeconds(30), "the message is sent");
        var message = mailbox.Messages.Single().Message;
        var link = new Uri(Regex.Match(message.Body, @"https?://\S+").Value).PathAndQuery;

        var first = await visitor.PostFormAsync(link, "reset-password", ("Input.Password", "a new long password"));
        var second = await visitor.PostFormAsync(link, "reset-password", ("Input.Password", "another long password"));

        (await first.TextAsync()).Should().Contain("Your password has been changed.");
        (await second.TextAsync()).Should().Contain("no longer valid");
        using var cleo = await own.SignedInAsync("cleo@demo.test", "a new long password");
    }

    [Fact]
    public async Task Registering_creates_a_sub_account()
    {
        await using var own = await AppHost.StartAsync();
        using var visitor = own.NewVisitor();

        await RegisterAsync(visitor, "Northwind");
        var answer = await own.ConfirmRegistrationAsync(visitor, "dee@example.com");

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await visitor.GetAsync("/")).Headers.Location!.ToString().Should()
            .Be("/a/northwind-2/calendar", "the address is taken by another business");
        (await visitor.GetAsync("/a/northwind-2/calendar")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await visitor.GetAsync("/a/northwind/calendar")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_business_named_with_a_reserved_word_gets_an_address_at_which_its_booking_pages_are_found()
    {
        await using var own = await AppHost.StartAsync();
        using var visitor = own.NewVisitor();

        await RegisterAsync(visitor, "Waiting");
        await own.ConfirmRegistrationAsync(visitor, "dee@example.com");

        (await visitor.GetAsync("/")).Headers.Location!.ToString().Should().Be("/a/waiting-business/calendar");
    }

    [Fact]
    public async Task Where_registration_is_closed_the_page_says_how_to_get_an_account()
    {
        await using var own = await AppHost.StartAsync(host => host.UseSetting("Accounts:AllowRegistration", "false"));
        using var visitor = own.NewVisitor();

        var answer = await visitor.GetAsync("/account/register");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await MainOf(answer)).Should().Contain("Registration is closed").And.Contain("Ask an admin of your business for an invitation")
            .And.Contain("href=\"/support\"").And.Contain("href=\"/account/sign-in\"").And.NotContain("<form");
    }

    [Fact]
    public async Task A_link_that_confirms_a_registration_creates_no_account_once_registration_is_closed()
    {
        await using var own = await AppHost.StartAsync();
        using var visitor = own.NewVisitor();
        await RegisterAsync(visitor, "Northwind");
        var link = await own.LinkToAsync("dee@example.com", "/account/confirm-registration");
        var form = await visitor.GetAsync(link);
        var token = await visitor.TokenAsync();

        own.Services.GetRequiredService<IOptions<AccountOptions>>().Value.AllowRegistration = false;

        (await AlertOf(await visitor.GetAsync(link))).Should().Contain("Registration is closed");
        form.StatusCode.Should().Be(HttpStatusCode.OK);
        await visitor.PostAsync(link, new FormUrlEncodedContent(
            [new("_handler", "confirm-registration"), new("__RequestVerificationToken", token)]));
        await using var db = await own.OpenDatabaseAsync();
        (await db.Users.AnyAsync(user => user.Email == "dee@example.com")).Should().BeFalse();
    }

    [Fact]
    public void Five_failures_lock_for_15_minutes_and_a_changed_password_or_role_is_noticed_within_30_seconds()
    {
        var lockout = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.Lockout;

        (lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan).Should().Be((5, TimeSpan.FromMinutes(15)));
        app.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval.Should()
            .BeLessThanOrEqualTo(TimeSpan.FromSeconds(30), "of sessions");
        SignInSetup.RevalidationInterval.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(30), "of open pages");
    }

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient visitor, string business) => visitor.PostFormAsync(
        "/account/register",
        "register",
        ("Input.Name", "Dee Novak"),
        ("Input.Business", business),
        ("Input.Email", "dee@example.com"),
        ("Input.Password", "a long password"),
        ("Input.TimeZone", "Europe/Prague"));

    private static async Task<string> MainOf(HttpResponseMessage answer) =>
        Regex.Match(await answer.TextAsync(), "<main.*</main>", RegexOptions.Singleline).Value;

    private static async Task<string> AlertOf(HttpResponseMessage answer) =>
        Regex.Match(await answer.TextAsync(), "role=\"alert\"[^>]*>(?<words>[^<]+)<").Groups["words"].Value;
}
