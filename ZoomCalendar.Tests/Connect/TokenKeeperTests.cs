using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Connect;

public abstract class TokenKeeperTests(DatabaseProvider provider) : ConnectTest(provider)
{
    [DatabaseFact]
    public async Task A_valid_token_is_returned_without_a_request_to_Zoom()
    {
        await ConnectAsync();

        var result = await GetAsync();

        result.State.Should().Be(ZoomTokenState.Ready);
        RefreshesAtZoom.Should().Be(0);
    }

    [DatabaseFact]
    public async Task A_token_is_refreshed_a_few_minutes_before_it_ends()
    {
        await ConnectAsync();
        var first = await GetAsync();

        Clock.Advance(TimeSpan.FromMinutes(56));
        var second = await GetAsync();

        second.State.Should().Be(ZoomTokenState.Ready);
        second.AccessToken.Should().NotBe(first.AccessToken);
        (await AnswersAsync(second)).Should().BeTrue();
    }

    [DatabaseFact]
    public async Task S121_The_rotated_pair_is_stored_before_it_is_used()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await GetAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await using var restarted = NewProcess();
        var result = await restarted.GetRequiredService<IAccessTokenProvider>().GetAsync(KeyOf(AdaZoom), null, default);

        result.State.Should().Be(ZoomTokenState.Ready);
        (await AnswersAsync(result)).Should().BeTrue();
        RefreshesAtZoom.Should().Be(2);
    }

    [DatabaseFact]
    public async Task Two_processes_refresh_once()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await using var other = NewProcess();
        var tokens = new[] { Tokens, other.GetRequiredService<IAccessTokenProvider>() };

        var results = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(number => Task.Run(() => tokens[number % 2].GetAsync(KeyOf(AdaZoom), null, default))));

        results.Should().OnlyContain(result => result.State == ZoomTokenState.Ready);
        results.Select(result => result.AccessToken).Distinct().Should().ContainSingle();
        RefreshesAtZoom.Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_cancelled_caller_does_not_lose_the_new_tokens()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        Zoom.Control.Fail(new SandboxFault { Kind = RequestKind.Token, Mode = FaultMode.DelayAnswer, DelayMs = 500 });
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        var left = async () => await Tokens.GetAsync(KeyOf(AdaZoom), null, caller.Token);

        await left.Should().ThrowAsync<OperationCanceledException>();
        (await GetAsync()).State.Should().Be(ZoomTokenState.Ready);
        RefreshesAtZoom.Should().Be(1);
    }

    [DatabaseFact]
    public async Task S119_A_refused_token_is_refreshed_once_and_not_again()
    {
        await ConnectAsync();
        var first = await GetAsync();

        var second = await Tokens.GetAsync(KeyOf(AdaZoom), first.AccessToken, default);
        var third = await Tokens.GetAsync(KeyOf(AdaZoom), first.AccessToken, default);

        second.AccessToken.Should().NotBe(first.AccessToken);
        third.AccessToken.Should().Be(second.AccessToken);
        RefreshesAtZoom.Should().Be(1);
    }

    [DatabaseFact]
    public async Task S120_Invalid_grant_ends_in_reconnect_needed_with_one_event_for_each_connected_user()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);
        Zoom.Control.InvalidateRefreshTokens(AdaZoom);
        Clock.Advance(TimeSpan.FromHours(1));

        var first = await GetAsync();
        await GetAsync();

        first.State.Should().Be(ZoomTokenState.ReconnectNeeded);
        RefreshesAtZoom.Should().Be(1);
        (await EventsAsync()).Count(kind => kind is EventKind.ConnectionLost).Should().Be(2);
    }

    [DatabaseFact]
    public async Task Withdrawn_approval_has_its_own_state()
    {
        await ConnectAsync();
        Zoom.Control.SetApproval(AdaZoom, false);
        Clock.Advance(TimeSpan.FromHours(1));

        (await GetAsync()).State.Should().Be(ZoomTokenState.ApprovalWithdrawn);

        (await AccountAsync())!.State.Should().Be(ZoomAccountState.ApprovalWithdrawn);
    }

    [DatabaseTheory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_failing_token_endpoint_disconnects_nobody(int status)
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        Zoom.Control.Fail(new SandboxFault { Kind = RequestKind.Token, Status = status });

        var during = await GetAsync();
        var after = await GetAsync();

        during.State.Should().Be(ZoomTokenState.TryLater);
        during.RetryAt.Should().BeAfter(Now);
        after.State.Should().Be(ZoomTokenState.Ready);
    }

    [DatabaseFact]
    public async Task Wrong_credentials_of_the_app_disconnect_nobody()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        Zoom.Control.Fail(new SandboxFault { Kind = RequestKind.Token, Status = 400, Body = """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""" });

        (await GetAsync()).State.Should().Be(ZoomTokenState.TryLater);

        (await AccountAsync())!.State.Should().Be(ZoomAccountState.Connected);
    }

    [DatabaseFact]
    public async Task Tokens_lost_between_Zooms_answer_and_our_write_end_in_reconnect_needed()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        Zoom.Control.Fail(new SandboxFault { Kind = RequestKind.Token, Mode = FaultMode.CutAfter });

        var cut = await GetAsync();
        var next = await GetAsync();

        cut.State.Should().Be(ZoomTokenState.TryLater);
        next.State.Should().Be(ZoomTokenState.ReconnectNeeded);
    }

    [DatabaseFact]
    public async Task A_crashed_process_delays_the_refresh_for_a_minute_at_most()
    {
        await ConnectAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await using var db = NewDb();
        await db.ZoomAccounts.ExecuteUpdateAsync(set => set
            .SetProperty(account => account.RefreshLeaseOwner, Guid.NewGuid())
            .SetProperty(account => account.RefreshLeaseUntil, Now.AddMinutes(1)));

        Clock.Advance(TimeSpan.FromMinutes(1));

        (await GetAsync()).State.Should().Be(ZoomTokenState.Ready);
    }

    [DatabaseFact]
    public async Task Without_a_connection_there_is_no_token() =>
        (await Tokens.GetAsync(KeyOf(AdaZoom), null, default)).State.Should().Be(ZoomTokenState.NotConnected);

    [DatabaseFact]
    public async Task A_restart_disconnects_nobody()
    {
        await ConnectAsync();
        await GetAsync();

        await using var restarted = NewProcess();
        var result = await restarted.GetRequiredService<IAccessTokenProvider>().GetAsync(KeyOf(AdaZoom), null, default);

        result.State.Should().Be(ZoomTokenState.Ready);
    }

    [DatabaseFact]
    public async Task The_database_without_its_master_key_yields_no_token()
    {
        await ConnectAsync();
        var key = KeyOf(AdaZoom);
        var token = (await GetAsync()).AccessToken!;

        await using var thief = NewProcess(new byte[MasterKey.Length]);
        var result = await thief.GetRequiredService<IAccessTokenProvider>().GetAsync(key, null, default);

        result.State.Should().Be(ZoomTokenState.TryLater);
        result.AccessToken.Should().BeNull();
        await using var db = NewDb();
        (await db.DataProtectionKeys.Select(row => row.Xml).ToListAsync()).Should().NotBeEmpty()
            .And.OnlyContain(xml => !xml!.Contains("masterKey"));
        (await db.ZoomAccounts.SingleAsync()).ProtectedAccessToken.Should().NotContain(token);
    }

    private Task<ZoomTokenResult> GetAsync() => Tokens.GetAsync(KeyOf(AdaZoom), null, default);

    private async Task<bool> AnswersAsync(ZoomTokenResult token) =>
        await App.GetRequiredService<ZoomClient>().GetMeAsync(new AccessToken(token.AccessToken!), default) is ZoomResult<ZoomUser>.Ok;
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteTokenKeeperTests() : TokenKeeperTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlTokenKeeperTests() : TokenKeeperTests(DatabaseProvider.PostgreSql);
