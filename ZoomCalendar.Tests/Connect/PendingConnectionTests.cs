using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomRequest = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

public abstract class PendingConnectionTests(DatabaseProvider provider) : ConnectTest(provider)
{
    private PendingConnections Pending => App.GetRequiredService<PendingConnections>();

    [DatabaseFact]
    public async Task The_first_account_and_the_same_account_are_not_asked_about()
    {
        (await HoldAsync(AdaZoom)).Should().BeNull();

        await ConnectAsync();

        (await HoldAsync(AdaZoom)).Should().BeNull();
    }

    [DatabaseFact]
    public async Task A_different_account_is_stored_encrypted_without_a_connection_until_confirmed()
    {
        await ConnectAsync();
        var grant = Allow(OtherZoom);

        var id = await Pending.KeepPendingIfDifferentAsync(Branch, Ada, grant, "/back", Now, default);

        (await Pending.FindAsync(id!.Value, Branch, Ada, Now, default)).Should()
            .Be(new PendingConnectionView(OtherZoom, AdaZoom, "studio", "/back"));
        (await Pending.FindAsync(id.Value, Branch, Ben, Now, default)).Should().BeNull();
        (await Pending.FindAsync(id.Value, Studio, Ada, Now, default)).Should().BeNull();
        (await AccountAsync(OtherZoom)).Should().BeNull();
        await using var db = NewDb();
        (await db.PendingConnections.SingleAsync()).ProtectedGrant.Should().NotContain(grant.Tokens.AccessToken.Value);
    }

    [DatabaseFact]
    public async Task Connect_anyway_creates_the_connection()
    {
        await ConnectAsync();
        var id = (await HoldAsync(OtherZoom))!.Value;

        (await Pending.AcceptAsync(id, Branch, Ada, Now, default)).Should().Be(PendingConnectionOutcome.Connected);

        (await Tokens.GetAsync(KeyOf(OtherZoom), null, default)).State.Should().Be(ZoomTokenState.Ready);
        (await Pending.AcceptAsync(id, Branch, Ada, Now, default)).Should().Be(PendingConnectionOutcome.NotFound);
    }

    [DatabaseFact]
    public async Task A_declined_account_is_revoked_and_erased()
    {
        await ConnectAsync();
        var id = (await HoldAsync(OtherZoom))!.Value;

        (await Pending.DeclineAsync(id, Branch, Ada, Now, default)).Should().Be(PendingConnectionOutcome.Declined);

        Zoom.Control.IsConnected(OtherZoom).Should().BeFalse();
        await NothingWaitsAsync();
    }

    [DatabaseFact]
    public async Task An_account_left_unconfirmed_for_ten_minutes_is_revoked_and_erased()
    {
        await ConnectAsync();
        var id = (await HoldAsync(OtherZoom))!.Value;

        Clock.Advance(PendingConnection.Lifetime);
        var late = await Pending.AcceptAsync(id, Branch, Ada, Now, default);
        await Pending.SweepAsync(Now, default);

        late.Should().Be(PendingConnectionOutcome.Expired);
        Zoom.Control.IsConnected(OtherZoom).Should().BeFalse();
        await NothingWaitsAsync();
    }

    [DatabaseFact]
    public async Task An_account_declined_while_Zoom_is_down_is_revoked_later()
    {
        await ConnectAsync();
        var id = (await HoldAsync(OtherZoom))!.Value;
        Zoom.Control.Fail(new SandboxFault { Kind = ZoomRequest.Revoke, Mode = FaultMode.CutBefore });

        await Pending.DeclineAsync(id, Branch, Ada, Now, default);
        var between = Zoom.Control.IsConnected(OtherZoom);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Pending.SweepAsync(Now, default);

        between.Should().BeTrue();
        Zoom.Control.IsConnected(OtherZoom).Should().BeFalse();
        await NothingWaitsAsync();
    }

    [DatabaseFact]
    public async Task A_declined_account_that_others_use_gets_the_new_tokens_and_is_not_revoked()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben, OtherZoom);
        var id = (await HoldAsync(OtherZoom))!.Value;

        await Pending.DeclineAsync(id, Branch, Ada, Now, default);
        Clock.Advance(TimeSpan.FromHours(1));

        (await Tokens.GetAsync(KeyOf(OtherZoom), null, default)).State.Should().Be(ZoomTokenState.Ready);
        Zoom.Control.Requests.Should().NotContain(request => request.Kind == ZoomRequest.Revoke);
        await NothingWaitsAsync();
    }

    [DatabaseFact]
    public async Task An_authorization_without_the_scopes_is_revoked_and_erased()
    {
        await Pending.RefuseAsync(Studio, Ada, Allow(), Now, default);

        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
        await NothingWaitsAsync();
    }

    private Task<Guid?> HoldAsync(string email) => Pending.KeepPendingIfDifferentAsync(Branch, Ada, Allow(email), "/", Now, default);

    private async Task NothingWaitsAsync()
    {
        await using var db = NewDb();
        (await db.PendingConnections.CountAsync()).Should().Be(0);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqlitePendingConnectionTests() : PendingConnectionTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlPendingConnectionTests() : PendingConnectionTests(DatabaseProvider.PostgreSql);
