using static ZoomCalendar.Core.Meetings.MeetingPlan;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Decides the next step for a slot meeting. Pure: all rules of links and of the quota are here.</summary>
public static class MeetingPlanner
{
    /// <summary>
    /// The pause before the first read after a request of unknown outcome. By then Zoom has either processed the request or lost it.
    /// </summary>
    public static readonly TimeSpan InspectAfter = TimeSpan.FromSeconds(30);

    /// <summary>The next step within the quota.</summary>
    /// <param name="meeting">The slot meeting.</param>
    /// <param name="desired">What Zoom should have; null if no active appointment uses the slot.</param>
    /// <param name="quota">The quota of the Zoom account that serves the meeting.</param>
    /// <param name="now">The present.</param>
    public static MeetingPlan Plan(SlotMeeting meeting, MeetingContent? desired, AvailableQuota quota, DateTimeOffset now) =>
        PlanWithoutQuota(meeting, desired, now) switch
        {
            { IsCounted: true } when !quota.Clock.IsOpen => new WaitUntil(meeting.WaitingFor, quota.Clock.OpensAt),
            { IsCounted: true } when meeting.FailedRequestsOn(quota.Clock.Day) >= SlotMeeting.MaxFailedRequestsPerDay =>
                new WaitUntil(
                    meeting.WaitingFor.IsZoomProblem ? meeting.WaitingFor : WaitingFor.RateLimit,
                    Earlier(quota.Clock.NextDayOpensAt, meeting.End)),
            { IsCounted: true } plan when quota.Left == 0 || (quota.IsScarce && MayWait(meeting, plan, quota.Clock)) =>
                new WaitUntil(WaitingFor.Quota, Earlier(quota.Clock.NextDayOpensAt, meeting.End)),
            { IsCounted: true } when quota.AccountFailures is { } failures
                && failures.Since + RetryDelays.ForOtherMeetings(failures.Count, meeting, quota.Clock) is var until && until > now =>
                new WaitUntil(failures.Reason, Earlier(until, meeting.End)),
            var plan => plan,
        };

    /// <summary>Whether the meeting needs a counted request today, leaving the account's quota aside.</summary>
    public static bool NeedsRequestToday(SlotMeeting meeting, MeetingContent? desired, QuotaClock clock) =>
        PlanWithoutQuota(meeting, desired, clock.Now).IsCounted
            && meeting.FailedRequestsOn(clock.Day) < SlotMeeting.MaxFailedRequestsPerDay;

    /// <summary>The next step if there were no quota.</summary>
    public static MeetingPlan PlanWithoutQuota(SlotMeeting meeting, MeetingContent? desired, DateTimeOffset now) => meeting switch
    {
        { State: SlotMeetingState.Dropped or SlotMeetingState.Missed } => new None(),
        _ when meeting.IsOver(now) => AtTheEnd(meeting),
        { InFlight: not null, InFlightSince: { } sent } =>
            sent + InspectAfter > now ? new WaitUntil(meeting.WaitingFor, sent + InspectAfter) : new Inspect(),
        { State: SlotMeetingState.Unwanted, ZoomMeetingId: null } => new Drop(),
        { State: SlotMeetingState.Unwanted } => new Delete(),
        { State: SlotMeetingState.Wanted } => ToCreate(meeting, desired),
        _ => ToUpdate(meeting, desired, now),
    };

    /// <summary>
    /// The sort key of requests, smallest first: meetings that start before the day ends, creations before updates at the same start; then
    /// other creations, other updates and deletions, each by start. Reads of unresolved requests come before all of these, other reads
    /// after.
    /// </summary>
    public static (int Class, DateTimeOffset Start, int CreationsFirst) Priority(
        SlotMeeting meeting, MeetingPlan plan, QuotaClock clock) => plan switch
        {
            Create or Update when meeting.Start < clock.DayEnds => (1, meeting.Start, plan is Create ? 0 : 1),
            Create => (2, meeting.Start, 0),
            Update => (3, meeting.Start, 0),
            Delete => (4, meeting.Start, 0),
            // An unresolved request is cleared up before anything else is sent.
            Inspect when meeting.InFlight is not null => (0, meeting.Start, 0),
            _ => (5, meeting.Start, 0),
        };

    private static MeetingPlan AtTheEnd(SlotMeeting meeting) => meeting.State switch
    {
        SlotMeetingState.Wanted => new MarkMissed(),
        SlotMeetingState.Unwanted => new Drop(),
        _ => new None(),
    };

    private static MeetingPlan ToCreate(SlotMeeting meeting, MeetingContent? desired) => desired switch
    {
        _ when meeting.WaitingFor is WaitingFor.Staff => new WaitUntil(WaitingFor.Staff, meeting.End),
        null => new Drop(),
        // The next whole minute is at or after the end, so it is too late to create.
        _ when desired.Start >= meeting.End => new WaitUntil(meeting.WaitingFor, meeting.End),
        _ => new Create(desired),
    };

    private static MeetingPlan ToUpdate(SlotMeeting meeting, MeetingContent? desired, DateTimeOffset now) => meeting switch
    {
        { LookAsked: true } => new Inspect(),
        { FirstChangedAt: null } => new None(),
        _ when desired is null || desired == meeting.Known => new None(),
        _ when meeting.UpdateDueAt(now) is var due && due > now => new WaitUntil(WaitingFor.Nothing, due),
        _ => new Update(desired),
    };

    private static bool MayWait(SlotMeeting meeting, MeetingPlan plan, QuotaClock clock) =>
        plan is Delete || (plan is Update && meeting.Start >= clock.DayEnds);

    internal static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
