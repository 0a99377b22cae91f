using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomRequest = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

public abstract class ConnectionsTests(DatabaseProvider provider) : ConnectTest(provider)
{
    [DatabaseFact]
    public async Task Connecting_creates_the_users_waiting_links_only()
    {
        var mine = await MeetingAsync();
        var bens = await MeetingAsync(host: Ben);
        var elsewhere = await MeetingAsync(subAccount: Branch);
        var over = await MeetingAsync(hour: -2);

        await ConnectAsync();

        (await MeetingOfAsync(mine)).Should()
            .BeEquivalentTo(new { ZoomUserKey = KeyOf(AdaZoom), WaitingFor = WaitingFor.Nothing, NextActionAt = (DateTimeOffset?)Now });
        (await MeetingOfAsync(bens)).ZoomUserKey.Should().BeNull();
        (await MeetingOfAsync(elsewhere)).ZoomUserKey.Should().BeNull();
        (await MeetingOfAsync(over)).ZoomUserKey.Should().BeNull();
    }

    [DatabaseFact]
    public async Task An_upcoming_appointment_without_a_slot_meeting_gets_one()
    {
        await MeetingAsync(linked: false);

        await ConnectAsync();

        await using var db = NewDb();
        var appointment = await db.Appointments.SingleAsync();
        (await MeetingOfAsync(appointment.SlotMeetingId!.Value)).ZoomUserKey.Should().Be(KeyOf(AdaZoom));
    }

    [DatabaseFact]
    public async Task The_same_Zoom_account_for_two_users_has_one_token_row()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);

        await using var db = NewDb();
        (await db.ZoomAccounts.CountAsync()).Should().Be(1);
        (await db.Connections.CountAsync()).Should().Be(2);
        (await Tokens.GetAsync(KeyOf(AdaZoom), null, default)).State.Should().Be(ZoomTokenState.Ready);
    }

    [DatabaseFact]
    public async Task Disconnecting_a_shared_account_sends_nothing_to_Zoom_and_the_other_goes_on()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        var waiting = await MeetingAsync(zoomUserKey: KeyOf(AdaZoom));
        var bens = await MeetingAsync(zoomUserKey: KeyOf(AdaZoom), host: Ben, subAccount: Branch);

        await Connections.DisconnectAsync(Studio, Ada, Now, default);

        Zoom.Control.Requests.Should().NotContain(request => request.Kind == ZoomRequest.Revoke);
        (await Tokens.GetAsync(KeyOf(AdaZoom), null, default)).State.Should().Be(ZoomTokenState.Ready);
        (await MeetingOfAsync(live)).WaitingFor.Should().Be(WaitingFor.Nothing, "the account still holds it");
        (await MeetingOfAsync(waiting)).WaitingFor.Should().Be(WaitingFor.Connection);
        (await MeetingOfAsync(bens)).ZoomUserKey.Should().Be(KeyOf(AdaZoom));
    }

    [DatabaseFact]
    public async Task After_one_of_two_users_of_a_Zoom_account_disconnects_the_others_booking_gets_its_link()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);

        await Connections.DisconnectAsync(Studio, Ada, Now, default);
        var bens = await MeetingAsync(zoomUserKey: KeyOf(AdaZoom), host: Ben, subAccount: Branch);
        await App.GetRequiredService<MeetingReconciler>().ReconcileAsync(default);

        var meeting = Zoom.Control.MeetingsOf(AdaZoom).Should().ContainSingle().Subject;
        (await MeetingOfAsync(bens)).JoinUrl.Should().Be(meeting.JoinUrl);
    }

    [DatabaseTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disconnecting_or_erasing_and_connecting_again_on_one_day_does_not_reset_the_count(bool erased)
    {
        await ConnectAsync();
        await MeetingAsync(zoomUserKey: KeyOf(AdaZoom));
        await App.GetRequiredService<MeetingReconciler>().ReconcileAsync(default);

        if (erased)
        {
            Zoom.Control.Uninstall(AdaZoom);
            await App.GetRequiredService<DeauthorizationHandler>()
                .HandleAsync(Zoom.Control.User(AdaZoom).Id, "sandbox-client", Now.AddMinutes(1), Now.AddMinutes(1), default);
        }
        else
        {
            await Connections.DisconnectAsync(Studio, Ada, Now, default);
        }

        (await AccountAsync()).Should().BeNull();
        await ConnectAsync();
        await MeetingAsync(hour: 2, zoomUserKey: KeyOf(AdaZoom));
        await App.GetRequiredService<MeetingReconciler>().ReconcileAsync(default);

        var status = await App.GetRequiredService<QuotaStatusReader>().ReadAsync(KeyOf(AdaZoom), Now, default);
        (status.Used, Zoom.Control.CountToday(AdaZoom)).Should().Be((2, 2));
    }

    [DatabaseFact]
    public async Task Ending_the_last_connection_revokes_and_erases_the_tokens_and_keeps_the_links()
    {
        await ConnectAsync();
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));

        await Connections.DisconnectAsync(Studio, Ada, Now, default);

        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
        (await AccountAsync()).Should().BeNull();
        var left = await MeetingOfAsync(live);
        left.JoinUrl.Should().NotBeNull();
        left.WaitingFor.Should().Be(WaitingFor.Connection);
        (await EventsAsync()).Should().EndWith(EventKind.ConnectionEnded);
    }

    [DatabaseFact]
    public async Task Tokens_that_cannot_be_revoked_now_are_revoked_and_erased_later()
    {
        await ConnectAsync();
        Zoom.Control.Fail(new SandboxFault { Kind = ZoomRequest.Revoke, Status = 503 });

        await Connections.DisconnectAsync(Studio, Ada, Now, default);
        var between = await AccountAsync();
        var token = await Tokens.GetAsync(KeyOf(AdaZoom), null, default);
        Clock.Advance(TimeSpan.FromHours(2));
        await App.GetRequiredService<TokenRevoker>().SweepAsync(Now, default);

        between.Should().NotBeNull();
        token.State.Should().Be(ZoomTokenState.NotConnected);
        (await AccountAsync()).Should().BeNull();
        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task A_crash_after_the_disconnects_commit_still_ends_revoked_and_erased()
    {
        await ConnectAsync();
        await using (var db = NewDb())
        {
            await db.Connections.ExecuteDeleteAsync();
        }

        await using var restarted = NewProcess();
        await restarted.GetRequiredService<TokenRevoker>().SweepAsync(Now, default);

        (await AccountAsync()).Should().BeNull();
        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task The_sweep_does_not_touch_connected_accounts()
    {
        await ConnectAsync();

        await App.GetRequiredService<TokenRevoker>().SweepAsync(Now, default);

        Zoom.Control.IsConnected(AdaZoom).Should().BeTrue();
    }

    [DatabaseFact]
    public async Task Reconnecting_the_same_account_resumes_managing_its_meetings()
    {
        await ConnectAsync();
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        var deletion = await MeetingAsync(
            meeting =>
            {
                GoLive(meeting);
                meeting.Release(Now);
            },
            zoomUserKey: KeyOf(AdaZoom));
        await Connections.DisconnectAsync(Studio, Ada, Now, default);

        await ConnectAsync();

        foreach (var id in new[] { live, deletion })
        {
            (await MeetingOfAsync(id)).Should()
                .BeEquivalentTo(new { WaitingFor = WaitingFor.Nothing, NextActionAt = (DateTimeOffset?)Now });
        }
    }

    [DatabaseFact]
    public async Task Another_account_serves_only_slots_that_have_no_link()
    {
        await ConnectAsync();
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        var waiting = await MeetingAsync(zoomUserKey: KeyOf(AdaZoom));

        await ConnectAsync(email: OtherZoom);

        (await MeetingOfAsync(live)).Should().BeEquivalentTo(new { ZoomUserKey = KeyOf(AdaZoom), WaitingFor = WaitingFor.Connection });
        (await MeetingOfAsync(waiting)).Should().BeEquivalentTo(new { ZoomUserKey = KeyOf(OtherZoom), WaitingFor = WaitingFor.Nothing });
        (await AccountAsync()).Should().BeNull("nobody uses the former account any more");
        Zoom.Control.IsConnected(AdaZoom).Should().BeFalse();
    }

    [DatabaseFact]
    public async Task S120_Reconnecting_after_invalid_grant_makes_everybodys_waiting_links_due()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);
        var waiting = await MeetingAsync(
            meeting => meeting.WaitUntil(WaitingFor.Reconnection, null, null), zoomUserKey: KeyOf(AdaZoom), host: Ben, subAccount: Branch);
        Zoom.Control.InvalidateRefreshTokens(AdaZoom);
        Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMinutes(1));
        await Tokens.GetAsync(KeyOf(AdaZoom), null, default);

        await ConnectAsync();

        (await MeetingOfAsync(waiting)).WaitingFor.Should().Be(WaitingFor.Nothing);
        (await EventsAsync()).Count(kind => kind is EventKind.ConnectionRestored).Should().Be(2);
        (await Tokens.GetAsync(KeyOf(AdaZoom), null, default)).State.Should().Be(ZoomTokenState.Ready);
    }

    [DatabaseFact]
    public async Task A_user_who_is_not_a_member_cannot_connect()
    {
        await using (var db = NewDb())
        {
            await db.Memberships.Where(membership => membership.UserId == Ben).ExecuteDeleteAsync();
        }

        (await ConnectAsync(user: Ben)).Should().Be(ConnectOutcome.NotAMember);

        (await AccountAsync()).Should().BeNull();
    }

    [DatabaseFact]
    public async Task The_dialog_before_disconnecting_counts()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);
        await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        await MeetingAsync(hour: -5, zoomUserKey: KeyOf(AdaZoom));

        var preview = await App.GetRequiredService<DisconnectForecaster>().PreviewAsync(Studio, Ada, Now, default);

        preview.Should().Be(new DisconnectPreview(AdaZoom, UpcomingAppointments: 1, WaitingDeletions: 0, IsShared: true) { Managed = 1 });
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteConnectionsTests() : ConnectionsTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlConnectionsTests() : ConnectionsTests(DatabaseProvider.PostgreSql);
