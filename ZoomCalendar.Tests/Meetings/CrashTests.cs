using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>The process dies at every step of every request; the next one brings Zoom and the database to agreement.</summary>
public sealed class CrashTests
{
    public static TheoryData<string> Steps { get; } = [.. Enum.GetNames<ReconcilerStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_creation_survives_a_crash(string step)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, reconcile: false);

        await DieAtAsync(zoomHost, step);
        await RestartAsync(zoomHost);

        zoomHost.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await zoomHost.LinkOfAsync(jo));
        zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await zoomHost.EventsAsync(EventKind.LinkReady)).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_update_survives_a_crash(string step)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);
        await zoomHost.EditAsync(jo, "Second");
        zoomHost.Clock.Advance(TimeSpan.FromSeconds(30));

        await DieAtAsync(zoomHost, step);
        await RestartAsync(zoomHost);

        zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
        (await zoomHost.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.State == SlotMeetingState.Live && row.InFlight == null
            && row.NextActionAt == null);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_deletion_survives_a_crash(string step)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);
        await zoomHost.CancelAsync(jo, reconcile: false);

        await DieAtAsync(zoomHost, step);
        await RestartAsync(zoomHost);

        zoomHost.InZoom.Should().BeEmpty();
        zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_appointment_cancelled_while_its_creation_is_unresolved_leaves_no_meeting(string step)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, reconcile: false);

        await DieAtAsync(zoomHost, step);
        await zoomHost.CancelAsync(jo, reconcile: false);
        await RestartAsync(zoomHost);

        zoomHost.InZoom.Should().BeEmpty();
        (await zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped
            && row.JoinUrl == null);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_undiscovered_meeting_is_adopted_by_the_next_booking_of_the_slot(string step)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, "Jo", reconcile: false);

        await DieAtAsync(zoomHost, step);
        await zoomHost.CancelAsync(jo, reconcile: false);
        var kim = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, "Kim", reconcile: false);
        await RestartAsync(zoomHost);

        var meeting = zoomHost.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.JoinUrl).Should().Be(("Kim", (await zoomHost.LinkOfAsync(kim))!));
    }

    private static async Task DieAtAsync(ZoomTestHost zoomHost, string step)
    {
        zoomHost.Reconciler.Reached = reached =>
        {
            if (reached == Enum.Parse<ReconcilerStep>(step))
            {
                throw new CrashException();
            }
        };
        await zoomHost.ReconcileAsync();
        zoomHost.Failures.Exceptions.Should().ContainItemsAssignableTo<CrashException>().And.ContainSingle();
    }

    /// <summary>A fresh process; the dead one's lease has to lapse first.</summary>
    private static async Task RestartAsync(ZoomTestHost zoomHost)
    {
        var fresh = zoomHost.NewProcess();
        for (var i = 0; i < 8; i++)
        {
            zoomHost.Clock.Advance(TimeSpan.FromSeconds(20));
            zoomHost.TestTenant.Now = zoomHost.Now;
            await fresh.ReconcileAsync(CancellationToken.None);
        }
    }
}
