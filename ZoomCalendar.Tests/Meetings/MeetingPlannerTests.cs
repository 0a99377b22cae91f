using FsCheck.Xunit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Meetings;

public sealed class MeetingPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_deletion_is_sent_at_once_unless_requests_are_scarce()
    {
        var meeting = Live();
        meeting.Release(Now);

        MeetingPlanner.Plan(meeting, null, Quota(used: 10), Now).Should().BeOfType<MeetingPlan.Delete>();
        MeetingPlanner.Plan(meeting, null, Quota(used: 81), Now).Should()
            .Be(new MeetingPlan.WaitUntil(WaitingFor.Quota, new DateTimeOffset(2026, 3, 3, 0, 0, 2, TimeSpan.Zero)));
        MeetingPlanner.Plan(meeting, null, Quota(used: 50, waiting: 51), Now).Should().BeOfType<MeetingPlan.WaitUntil>();
        MeetingPlanner.Plan(meeting, null, Quota(used: 50, waiting: 50), Now).Should().BeOfType<MeetingPlan.Delete>();
    }

    [Fact]
    public void Creations_are_sent_up_to_the_hundredth_request()
    {
        var meeting = Wanted();

        MeetingPlanner.Plan(meeting, Content(meeting), Quota(used: 99, waiting: 40), Now).Should().BeOfType<MeetingPlan.Create>();
        MeetingPlanner.Plan(meeting, Content(meeting), Quota(used: 100), Now).Should().BeOfType<MeetingPlan.WaitUntil>()
            .Which.Reason.Should().Be(WaitingFor.Quota);
        MeetingPlanner.Plan(meeting, Content(meeting), Quota(used: 3) with { UsedUp = true }, Now).Should()
            .BeOfType<MeetingPlan.WaitUntil>();
    }

    [Fact]
    public void Updates_are_debounced_up_to_a_limit()
    {
        var meeting = Live();
        for (var second = 0; second <= 290; second += 10)
        {
            meeting.ContentChanged(meeting.End, Now.AddSeconds(second));
        }

        meeting.UpdateDueAt(Now.AddSeconds(290)).Should().Be(Now.AddMinutes(5));
        MeetingPlanner.Plan(meeting, Content(meeting) with { Topic = "New" }, Quota(), Now.AddSeconds(299)).Should()
            .BeOfType<MeetingPlan.WaitUntil>();
        MeetingPlanner.Plan(meeting, Content(meeting) with { Topic = "New" }, Quota(), Now.AddSeconds(300)).Should()
            .BeOfType<MeetingPlan.Update>();
    }

    [Fact]
    public void An_update_shortly_before_the_start_is_sent_at_once()
    {
        var meeting = Live(start: Now.AddMinutes(10));
        meeting.ContentChanged(meeting.End, Now);

        MeetingPlanner.Plan(meeting, Content(meeting) with { Topic = "New" }, Quota(), Now).Should().BeOfType<MeetingPlan.Update>();
    }

    [Fact]
    public void Requests_are_sent_in_order_of_urgency()
    {
        var (today, later) = (Now.AddHours(2), Now.AddDays(3));
        (SlotMeeting Meeting, MeetingPlan Plan)[] inOrder =
        [
            Unresolved(later),
            Creation(today),
            Update(today),
            Creation(today.AddHours(1)),
            Creation(later),
            Creation(later.AddHours(1)),
            Update(later),
            Update(later.AddHours(1)),
            Deletion(today),
            Deletion(later),
            (Live(today), new MeetingPlan.Inspect()),
        ];
        var clock = new QuotaClock(Now, TimeSpan.Zero);

        var sorted = inOrder.Reverse().OrderBy(planned => MeetingPlanner.Priority(planned.Meeting, planned.Plan, clock));

        sorted.Should().Equal(inOrder);

        static (SlotMeeting, MeetingPlan) Creation(DateTimeOffset start) => (Wanted(start), new MeetingPlan.Create(Content(Wanted(start))));
        static (SlotMeeting, MeetingPlan) Update(DateTimeOffset start) => (Live(start), new MeetingPlan.Update(Content(Live(start))));
        static (SlotMeeting, MeetingPlan) Deletion(DateTimeOffset start) => (Live(start), new MeetingPlan.Delete());

        static (SlotMeeting, MeetingPlan) Unresolved(DateTimeOffset start)
        {
            var meeting = Wanted(start);
            meeting.RecordIntent(MeetingRequestKind.Create, Content(meeting), Now, Now);
            return (meeting, new MeetingPlan.Inspect());
        }
    }

    [Property]
    public void Nothing_is_sent_for_a_slot_that_is_over(bool live, bool released, bool sent, bool asked, byte used)
    {
        var meeting = live ? Live() : Wanted();
        if (sent)
        {
            meeting.RecordIntent(live ? MeetingRequestKind.Update : MeetingRequestKind.Create, Content(meeting), Now, Now.AddSeconds(30));
        }

        if (asked)
        {
            meeting.RequestInspection(Now);
        }

        if (released)
        {
            meeting.Release(Now);
        }

        var plan = MeetingPlanner.Plan(meeting, released ? null : Content(meeting), Quota(used), meeting.End);

        (plan.IsCounted || plan is MeetingPlan.Inspect).Should().BeFalse();
    }

    [Property]
    public void A_wait_always_ends_later(bool live, bool released, byte used, byte waiting, ushort minutes)
    {
        var at = Now.AddMinutes(minutes % 2_000);
        var meeting = live ? Live() : Wanted();
        meeting.ContentChanged(meeting.End, Now);
        if (released)
        {
            meeting.Release(Now);
        }

        var quota = new AvailableQuota(new QuotaClock(at, TimeSpan.Zero), used % 101, false, waiting, 20);
        if (MeetingPlanner.Plan(
            meeting, released ? null : Content(meeting) with { Topic = "New" }, quota, at) is MeetingPlan.WaitUntil wait)
        {
            wait.When.Should().BeAfter(at);
        }
    }

    [Property]
    public void No_counted_request_is_sent_within_its_timeout_of_midnight(uint second, short ahead)
    {
        var clock = new QuotaClock(Now.AddSeconds(second % 200_000), TimeSpan.FromSeconds(ahead));

        if (clock.IsOpen)
        {
            DateOnly.FromDateTime((clock.ZoomNow + TimeSpan.FromSeconds(16)).UtcDateTime).Should().Be(clock.Day);
        }
        else
        {
            clock.OpensAt.Should().BeAfter(clock.Now);
            new QuotaClock(clock.OpensAt, clock.ZoomAhead).IsOpen.Should().BeTrue();
        }
    }

    [Property]
    public void The_estimated_offset_of_Zooms_clock_is_within_the_round_trip_time(int ahead, ushort tookMilliseconds, short known)
    {
        var (truth, sent) = (TimeSpan.FromMilliseconds(ahead % 1_000_000), Now);
        var received = sent.AddMilliseconds(tookMilliseconds);
        var written = received + truth;
        var date = new DateTimeOffset(written.UtcTicks - written.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

        var learnt = QuotaClock.EstimateOffset(TimeSpan.FromSeconds(known), date, sent, received);

        (learnt - truth).Duration().Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(tookMilliseconds + 1_000));
    }

    private static AvailableQuota Quota(int used = 0, int waiting = 1) => new(new QuotaClock(Now, TimeSpan.Zero), used, false, waiting, 20);

    private static SlotMeeting Wanted(DateTimeOffset? start = null)
    {
        var at = start ?? Now.AddDays(3);
        return new(SubAccountId.New(Now), new Slot(CalendarId.New(Now), UserId.New(Now), at), at.AddMinutes(30), "key", Now);
    }

    private static SlotMeeting Live(DateTimeOffset? start = null)
    {
        var meeting = Wanted(start);
        meeting.RecordIntent(MeetingRequestKind.Create, Content(meeting), Now, Now.AddSeconds(30));
        meeting.RecordCreated(1, "u", "https://zoom.us/j/1", null, null, Now);
        return meeting;
    }

    private static MeetingContent Content(SlotMeeting meeting) =>
        DesiredContent.Of(
            meeting,
            new SlotFacts
            {
                CalendarName = "Calendar",
                TimeZone = "Etc/UTC",
                SeatsPerSlot = 1,
                Seats = [new(AppointmentId.New(Now), "Jo Field", meeting.End)],
            },
            "inst",
            Now)!;
}
