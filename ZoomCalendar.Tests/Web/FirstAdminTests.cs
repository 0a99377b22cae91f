using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;

namespace ZoomCalendar.Tests.Web;

/// <summary>The account that an operator makes where strangers may not register. The command itself is tried in ProductionTests.</summary>
public sealed class FirstAdminTests(AppHost app) : IClassFixture<AppHost>
{
    [Fact]
    public async Task The_command_can_be_repeated_until_a_password_is_chosen()
    {
        var first = await CreateAsync("dee@example.com", "Dee's");
        var again = await CreateAsync("dee@example.com", "Dee's");
        using var visitor = app.NewVisitor();

        (await (await ChooseAsync(visitor, again, "a long password")).TextAsync()).Should().Contain("Your password has been changed.");
        (await (await ChooseAsync(visitor, first, "another long one")).TextAsync()).Should().Contain("no longer valid");
        (await ProblemAsync("dee@example.com", "Dee's")).Should()
            .StartWith("dee@example.com has an account and a password already. Sign in, or");
        using var dee = await app.SignedInAsync("dee@example.com", "a long password");
        (await dee.GetAsync("/a/dee-s/settings/team")).StatusCode.Should()
            .Be(HttpStatusCode.OK, "one sub-account was made, and it is theirs");
        (await dee.GetAsync("/a/dee-s-2/settings/team")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("nobody", "A business", "--email is not an email address.")]
    [InlineData("eve@example.com", " ", "--business has 1 to 100 characters")]
    public async Task Invalid_arguments_are_answered_with_a_sentence(string email, string business, string sentence) =>
        (await ProblemAsync(email, business)).Should().StartWith(sentence);

    [Fact]
    public void The_link_lives_for_two_hours() =>
        app.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan.Should()
            .Be(TimeSpan.FromHours(2));

    private static Task<HttpResponseMessage> ChooseAsync(HttpClient visitor, string link, string password) =>
        visitor.PostFormAsync(new Uri(link).PathAndQuery, "reset-password", ("Input.Password", password));

    private async Task<string> ProblemAsync(string email, string business) =>
        (await FluentActions.Awaiting(() => CreateAsync(email, business)).Should().ThrowAsync<StartupException>()).Which.Message;

    private async Task<string> CreateAsync(string email, string business)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<FirstAdmin>(scope.ServiceProvider)
            .CreateAsync(email, null, business, CancellationToken.None);
    }
}
