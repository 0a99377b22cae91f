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
    public async Task A_creation_survives_the_death_of_the_process(string step)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, reconcile: false);

        await DieAtAsync(world, step);
        await RestartAsync(world);

        world.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await world.LinkOfAsync(jo));
        world.Sent.Should().Equal(RequestKind.Create);
        (await world.EventsAsync(EventKind.LinkReady)).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_update_survives_the_death_of_the_process(string step)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow);
        await world.EditAsync(jo, "Second");
        world.Clock.Advance(TimeSpan.FromSeconds(30));

        await DieAtAsync(world, step);
        await RestartAsync(world);

        world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
        (await world.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.State == SlotMeetingState.Live && row.InFlight == null && row.NextActionAt == null);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_deletion_survives_the_death_of_the_process(string step)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow);
        await world.CancelAsync(jo, reconcile: false);

        await DieAtAsync(world, step);
        await RestartAsync(world);

        world.InZoom.Should().BeEmpty();
        world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Cancelled_while_nobody_knew_whether_it_was_made_it_leaves_nothing_behind(string step)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, reconcile: false);

        await DieAtAsync(world, step);
        await world.CancelAsync(jo, reconcile: false);
        await RestartAsync(world);

        world.InZoom.Should().BeEmpty();
        (await world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped && row.JoinUrl == null);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_meeting_that_nobody_has_seen_is_taken_up_by_the_next_booking_of_the_slot(string step)
    {
        await using var world = await ZoomTestHost.CreateAsync();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, "Jo", reconcile: false);

        await DieAtAsync(world, step);
        await world.CancelAsync(jo, reconcile: false);
        var kim = await world.BookedAsync(world.Personal, world.Tomorrow, "Kim", reconcile: false);
        await RestartAsync(world);

        var meeting = world.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.JoinUrl).Should().Be(("Kim", (await world.LinkOfAsync(kim))!));
    }

    private static async Task DieAtAsync(ZoomTestHost world, string step)
    {
        world.Reconciler.Reached = reached =>
        {
            if (reached == Enum.Parse<ReconcilerStep>(step))
            {
                throw new CrashException();
            }
        };
        await world.ReconcileAsync();
        world.Failures.Exceptions.Should().ContainItemsAssignableTo<CrashException>().And.ContainSingle();
    }

    /// <summary>A fresh process; the dead one's lease has to lapse first.</summary>
    private static async Task RestartAsync(ZoomTestHost world)
    {
        var fresh = world.NewProcess();
        for (var i = 0; i < 8; i++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(20));
            world.TestTenant.Now = world.Now;
            await fresh.ReconcileAsync(CancellationToken.None);
        }
    }
}
