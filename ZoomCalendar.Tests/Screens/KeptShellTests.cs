using System.Net;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>An error page keeps the shell of whoever asks: the sub-account's for members, the public frame for visitors.</summary>
[Collection(nameof(ScreenTestHost))]
public sealed class KeptShellTests(ScreenTestHost screens)
{
    private const string MainMenu = "aria-label=\"Main\"";
    private const string PublicFrame = "class=\"bare\"";

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/not-found")]
    [InlineData("/a/northwind/no-such-page")]
    [InlineData("/a/no-such-place/calendar")]
    [InlineData("/a/southside/no-such-page")]
    [InlineData("/a/")]
    [InlineData("/account/no-such-page")]
    public async Task Signed_in_an_address_that_is_not_there_keeps_the_shell_of_the_sub_account(string address)
    {
        // Ada is in this sub-account only.
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        var answer = await ada.GetAsync(address);

        var page = await answer.TextAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        page.Should().Contain("Not found").And.Contain(MainMenu).And.Contain("/a/northwind/profile").And.NotContain(PublicFrame)
            .And.NotContain("Southside");
    }

    [Fact]
    public async Task The_shell_is_that_of_the_sub_account_in_the_address()
    {
        using var ben = await screens.App.SignedInAsync(ScreenTestHost.Ben);
        await ben.GetAsync("/a/northwind/calendar");

        var page = await (await ben.GetAsync("/a/southside/no-such-page")).TextAsync();
        await ben.GetAsync("/a/northwind/calendar");

        page.Should().Contain(MainMenu).And.Contain("/a/southside/profile").And.NotContain("/a/northwind/profile");
    }

    [Fact]
    public async Task What_is_forbidden_keeps_the_shell_and_says_so()
    {
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        var answer = await ada.PostAsync("/zoom/start", new FormUrlEncodedContent(
        [
            new("subAccount", "northwind"),
            new("appointment", screens.Booked.Value.ToString()),
            new("__RequestVerificationToken", await ada.TokenAsync()),
        ]));

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.TextAsync()).Should().Contain("Not allowed").And.Contain(MainMenu).And.NotContain(PublicFrame);
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/not-found")]
    [InlineData("/a/northwind/no-such-page")]
    [InlineData("/favicon.ico")]
    [InlineData("/zoom/nothing")]
    public async Task A_visitor_reads_that_an_address_is_not_there_in_the_public_frame(string address)
    {
        using var visitor = screens.App.NewVisitor();

        var answer = await visitor.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.TextAsync()).Should().Contain("Not found").And.Contain(PublicFrame).And.Contain("href=\"/account/sign-in\"")
            .And.Contain("href=\"/\"").And.NotContain(MainMenu).And.NotContain("To your calendar");
    }

    [Fact]
    public async Task A_page_of_bookers_stays_theirs_even_for_staff()
    {
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        var page = await (await ada.GetAsync("/book/no-such-calendar")).TextAsync();

        page.Should().Contain("There is nothing to book here").And.Contain(PublicFrame).And.NotContain(MainMenu);
    }

    [Fact]
    public async Task A_used_invitation_and_an_answered_question_say_what_became_of_them()
    {
        using var ben = await screens.App.SignedInAsync(ScreenTestHost.Ben);

        var invitation = await ben.GetAsync("/account/invitation?token=used");
        var question = await ben.GetAsync($"/a/southside/zoom/confirm/{Guid.Empty}");

        (invitation.StatusCode, question.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await invitation.TextAsync()).Should().Contain("This invitation is no longer valid");
        (await question.TextAsync()).Should().Contain("This question is closed");
    }

    [Fact]
    public async Task A_member_of_no_sub_account_gets_the_public_frame()
    {
        using var dora = await screens.App.SignedInAsync(ScreenTestHost.Dora);

        foreach (var address in new[] { "/no/such/page", "/a/northwind/calendar" })
        {
            var answer = await dora.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await answer.TextAsync()).Should().Contain("Not found").And.Contain(PublicFrame).And.NotContain(MainMenu);
        }
    }
}
