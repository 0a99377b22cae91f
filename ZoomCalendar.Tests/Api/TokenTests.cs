using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

public sealed class TokenTests(ApiHost host) : IClassFixture<ApiHost>
{
    private string Calendars => $"/calendars/?locationId={host.LocationId}";

    [Theory]
    [InlineData("", "version header was not found.")]
    [InlineData("2020-01-01", "version header is invalid")]
    public async Task A_missing_or_unknown_version_is_refused(string version, string message)
    {
        var answer = await host.Api.GetAsync(Calendars, ("Version", version));

        answer.Status.Should().Be(401);
        answer.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("2021-04-15")]
    [InlineData("2021-07-28")]
    [InlineData("2023-02-21")]
    [InlineData("v3")]
    public async Task Known_versions_are_served(string version) =>
        (await host.Api.GetAsync(Calendars, ("Version", version))).Status.Should().Be(200);

    [Theory]
    [InlineData(null)]
    [InlineData("pit-nobody-knows-this-one")]
    [InlineData("a.b.c")]
    public async Task A_request_without_a_valid_token_is_refused(string? token)
    {
        var answer = await host.NewClient(token).GetAsync(Calendars);

        answer.Status.Should().Be(401);
        answer.Body.GetProperty("error").GetString().Should().Be("Unauthorized");
        Specification.Platform.Problems("get", "/calendars/", answer).Should().BeEmpty();
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var reader = await host.WithScopesAsync(TokenScopes.ReadCalendars);

        var read = await reader.GetAsync(Calendars);
        var contact = await reader.PostAsync("/contacts/upsert", new { locationId = host.LocationId, name = "Jo" });

        read.Status.Should().Be(200);
        contact.Status.Should().Be(403);
        contact.Message.Should().Contain("contacts.write");
    }

    [Fact]
    public async Task An_expired_token_is_refused_and_says_so()
    {
        var expired = await host.WithScopesAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), TokenScopes.ReadCalendars);

        var answer = await expired.GetAsync(Calendars);

        answer.Status.Should().Be(401);
        answer.Message.Should().Contain("expired");
    }

    [Fact]
    public async Task A_revoked_token_is_refused_with_its_next_request()
    {
        var tokens = host.App.Services.GetRequiredService<PrivateTokens>();
        var client = await host.WithScopesAsync(TokenScopes.ReadCalendars);
        var before = await client.GetAsync(Calendars);
        var row = (await tokens.PageAsync(0, 1, host.Admin, CancellationToken.None)).Tokens[0];

        await tokens.RevokeAsync(row.Id, host.Admin, DateTimeOffset.UnixEpoch, CancellationToken.None);
        var after = await client.GetAsync(Calendars);

        before.Status.Should().Be(200);
        row.LastUsedAt.Should().NotBeNull();
        after.Status.Should().Be(401);
        after.Message.Should().Contain("revoked");
    }

    [Fact]
    public async Task A_token_ends_with_its_creators_admin_role_and_is_not_restored_with_it()
    {
        var cleo = new UserId(Guid.Parse(await host.UserIdAsync(ZoomCalendar.Web.Demo.DemoPeople.CleoMail)));
        var tokens = host.App.Services.GetRequiredService<PrivateTokens>();
        await ChangeRoleAsync(cleo, Role.Admin);
        var made = await tokens.CreateAsync(
            "Cleo's",
            [TokenScopes.ReadCalendars],
            null,
            host.Admin with { UserId = cleo },
            DateTimeOffset.UnixEpoch,
            CancellationToken.None);
        var client = host.NewClient(made.Secret!.Text);
        var asAdmin = await client.GetAsync(Calendars);

        await ChangeRoleAsync(cleo, Role.User);
        var asUser = await client.GetAsync(Calendars);
        await ChangeRoleAsync(cleo, Role.Admin);
        var asAdminAgain = await client.GetAsync(Calendars);
        await ChangeRoleAsync(cleo, Role.User);

        asAdmin.Status.Should().Be(200);
        asUser.Status.Should().Be(401);
        asAdminAgain.Status.Should().Be(401);
    }

    [Fact]
    public async Task A_token_ends_with_the_role_even_if_it_is_not_used_in_between()
    {
        var cleo = new UserId(Guid.Parse(await host.UserIdAsync(ZoomCalendar.Web.Demo.DemoPeople.CleoMail)));
        var tokens = host.App.Services.GetRequiredService<PrivateTokens>();
        await ByAdminAsync(cleo, Role.Admin);
        var made = await tokens.CreateAsync(
            "Cleo's",
            [TokenScopes.ReadCalendars],
            null,
            host.Admin with { UserId = cleo },
            DateTimeOffset.UnixEpoch,
            CancellationToken.None);

        await ByAdminAsync(cleo, Role.User);
        await ByAdminAsync(cleo, Role.Admin);
        var answer = await host.NewClient(made.Secret!.Text).GetAsync(Calendars);
        await ByAdminAsync(cleo, Role.User);

        answer.Status.Should().Be(401);
        answer.Message.Should().Contain("revoked");
    }

    [Fact]
    public async Task Users_cannot_create_tokens_and_the_secret_is_not_stored()
    {
        var ben = new UserId(Guid.Parse(await host.UserIdAsync(ZoomCalendar.Web.Demo.DemoPeople.BenMail)));
        var tokens = host.App.Services.GetRequiredService<PrivateTokens>();

        var refused = await tokens.CreateAsync(
            "Ben's",
            [TokenScopes.ReadCalendars],
            null,
            host.Admin with { UserId = ben, Role = Role.User },
            DateTimeOffset.UnixEpoch,
            CancellationToken.None);
        await using var db = await host.App.OpenDatabaseAsync();
        var hashes = await db.PrivateTokens.Select(token => token.Hash).ToListAsync();

        refused.Secret.Should().BeNull();
        refused.Problem.Should().Contain("admin");
        hashes.Should().NotContain(ApiHost.Token);
    }

    [Fact]
    public async Task Another_sub_accounts_ids_are_not_found()
    {
        var foreign = await host.CalendarIdAsync("southside-intro");

        var calendar = await host.Api.GetAsync($"/calendars/{foreign}");
        var slots = await host.Api.GetAsync($"/calendars/{foreign}/free-slots?startDate=1790000000000&endDate=1790000001000");
        var location = await host.Api.GetAsync($"/calendars/?locationId={Guid.NewGuid()}");
        var nonsense = await host.Api.GetAsync("/calendars/events/appointments/not-an-id");
        var unknown = await host.Api.GetAsync("/no/such/thing");

        new[] { calendar, slots, location, nonsense, unknown }.Should().OnlyContain(answer => answer.Status == 404);
    }

    [Fact]
    public async Task Every_answer_states_the_rate_limit_and_requests_above_it_return_429()
    {
        await using var app = await AppHost.StartAsync(builder =>
        {
            ApiHost.Configure(builder);
            builder.UseSetting("Api:RateLimitMax", "3");
            builder.UseSetting("Api:RateLimitIntervalMilliseconds", "600000");
        });
        using var client = new ApiClient(app.Address, ApiHost.Token);

        var answers = new List<ApiResponse>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await client.GetAsync("/users/?locationId=x"));
        }

        answers.Select(answer => answer.Status).Should().Equal(404, 404, 404, (int)HttpStatusCode.TooManyRequests);
        answers.Select(answer => answer.Headers.GetValues("X-RateLimit-Remaining").Single()).Should().Equal("2", "1", "0", "0");
        answers[0].Headers.GetValues("X-RateLimit-Max").Should().Equal("3");
        answers[0].Headers.GetValues("X-RateLimit-Interval-Milliseconds").Should().Equal("600000");
    }

    private async Task ByAdminAsync(UserId user, Role role)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var version = await db.Memberships.Where(row => row.UserId == user && row.SubAccountId == host.Admin.SubAccountId)
            .Select(row => row.Version).SingleAsync();
        var outcome = await host.App.Services.GetRequiredService<Team>()
            .ChangeRoleAsync(user, version, role, host.Admin, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        outcome.Succeeded.Should().BeTrue(outcome.Message);
    }

    private async Task ChangeRoleAsync(UserId user, Role role)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var membership = await db.Memberships.SingleAsync(row => row.UserId == user && row.SubAccountId == host.Admin.SubAccountId);
        membership.ChangeRole(role);
        await db.SaveChangesAsync();
    }
}
