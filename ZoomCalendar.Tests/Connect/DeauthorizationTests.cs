using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomRequest = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

public abstract class DeauthorizationTests(DatabaseProvider provider) : ConnectTest(provider)
{
    private const string Client = "sandbox-client";

    [DatabaseFact]
    public async Task Every_connection_of_the_Zoom_user_ends_and_the_stored_data_is_erased()
    {
        await ConnectAsync();
        await ConnectAsync(Branch, Ben);
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        Clock.Advance(TimeSpan.FromMinutes(5));
        Zoom.Control.Uninstall(AdaZoom);

        await HandleAsync();

        await using var db = NewDb();
        (await db.Connections.CountAsync()).Should().Be(0);
        (await db.ZoomAccounts.CountAsync()).Should().Be(0);
        (await MeetingOfAsync(live)).Should().BeEquivalentTo(
            new
            {
                ZoomUserKey = (string?)null,
                ZoomMeetingId = (long?)null,
                ZoomUuid = (string?)null,
                Passcode = (string?)null,
                JoinUrl = "https://zoom.test/j/1",
            });
        (await EventsAsync()).Count(kind => kind is EventKind.ConnectionEnded).Should().Be(2);
    }

    [DatabaseFact]
    public async Task The_stored_link_is_removed_once_its_appointment_is_over()
    {
        await ConnectAsync();
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        Zoom.Control.Uninstall(AdaZoom);
        await HandleAsync();

        Clock.Advance(TimeSpan.FromHours(3));
        await App.GetRequiredService<DeauthorizationHandler>().EraseExpiredLinksAsync(Now, default);

        (await MeetingOfAsync(live)).JoinUrl.Should().BeNull();
    }

    [DatabaseFact]
    public async Task A_deauthorization_is_ignored_while_Zoom_accepts_the_token()
    {
        await ConnectAsync();

        await HandleAsync();

        (await AccountAsync()).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task A_deauthorization_of_another_client_is_ignored()
    {
        await ConnectAsync();
        Zoom.Control.Uninstall(AdaZoom);

        await HandleAsync(client: "somebody-else");

        (await AccountAsync()).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task A_deauthorization_older_than_the_last_authorization_is_ignored()
    {
        await ConnectAsync();
        Zoom.Control.Uninstall(AdaZoom);

        await HandleAsync(at: Now.AddMinutes(-1));

        (await AccountAsync()).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task The_webhook_of_our_own_revocation_does_not_affect_a_reconnection()
    {
        await ConnectAsync();
        var live = await MeetingAsync(GoLive, zoomUserKey: KeyOf(AdaZoom));
        await Connections.DisconnectAsync(Studio, Ada, Now, default);

        await HandleAsync();
        await ConnectAsync();

        (await MeetingOfAsync(live)).WaitingFor.Should().Be(WaitingFor.Nothing);
    }

    [DatabaseFact]
    public async Task A_webhook_about_a_meeting_requests_an_inspection_and_is_stored_once()
    {
        await ConnectAsync();
        var live = await MeetingAsync(
            meeting =>
            {
                GoLive(meeting);
                meeting.MarkUpToDate();
            },
            zoomUserKey: KeyOf(AdaZoom));
        var inbox = App.GetRequiredService<WebhookInbox>();
        var webhook = new ZoomWebhook.MeetingDeleted(81234567890, null, null, 1700000000000);

        var first = await inbox.StoreAsync(webhook, Now, default);
        var second = await inbox.StoreAsync(webhook, Now, default);
        await App.GetRequiredService<WebhookInboxProcessor>().RunAsync(Now, default);

        (first, second).Should().Be((true, false));
        var meeting = await MeetingOfAsync(live);
        meeting.LookAsked.Should().BeTrue();
        meeting.NextActionAt.Should().Be(Now);
        meeting.State.Should().Be(SlotMeetingState.Live, "a webhook is not believed by itself");
    }

    [DatabaseFact]
    public async Task A_deauthorization_that_cannot_be_verified_waits_and_erases_the_user_id_when_done()
    {
        await ConnectAsync();
        var user = Zoom.Control.User(AdaZoom).Id;
        Zoom.Control.Uninstall(AdaZoom);
        Zoom.Control.Fail(new SandboxFault { Kind = ZoomRequest.Me, Status = 503 });
        await App.GetRequiredService<WebhookInbox>().StoreAsync(new ZoomWebhook.AppDeauthorized(user, null, Client, Now, 1), Now, default);
        var work = App.GetRequiredService<WebhookInboxProcessor>();

        await work.RunAsync(Now, default);
        var between = await AccountAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await work.RunAsync(Now, default);

        between.Should().NotBeNull();
        (await AccountAsync()).Should().BeNull();
        await using var db = NewDb();
        (await db.WebhookMessages.SingleAsync()).ZoomUserId.Should().BeNull();
    }

    private async Task HandleAsync(string client = Client, DateTimeOffset? at = null) =>
        (await App.GetRequiredService<DeauthorizationHandler>().HandleAsync(Zoom.Control.User(AdaZoom).Id, client, at ?? Now, Now, default))
            .Should().BeTrue();
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteDeauthorizationTests() : DeauthorizationTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlDeauthorizationTests() : DeauthorizationTests(DatabaseProvider.PostgreSql);
