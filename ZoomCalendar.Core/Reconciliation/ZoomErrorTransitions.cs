using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>What a failed request means for its slot meeting. Each failure ends in a state with words and a later time, never in an immediate repeat.</summary>
internal static class ZoomErrorTransitions
{
    private const int LongestError = 300;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public static IReadOnlyList<LinkEvent> ApplyTo(SlotMeeting meeting, ZoomError error, QuotaClock clock)
    {
        var was = meeting.WaitingFor;
        var lost = Apply(meeting, error, clock);
        if (meeting is { State: SlotMeetingState.Unwanted, ZoomMeetingId: null, InFlight: null })
        {
            // Nobody wants it, and it was never made.
            meeting.Drop();
        }

        return lost is { } lostEvent ? [lostEvent] : WaitingEvents(meeting, was, clock.Now);
    }

    /// <summary>Said once for each reason, not at each repeat; and once more when a quarter of an hour has passed.</summary>
    public static IReadOnlyList<LinkEvent> WaitingEvents(SlotMeeting meeting, WaitingFor was, DateTimeOffset now)
    {
        if (meeting.State is not SlotMeetingState.Wanted || meeting.WaitingFor is WaitingFor.Nothing)
        {
            return [];
        }

        var events = new List<LinkEvent>();
        // Once they were told that it is still missing and is tried until it is over, only what asks something of them is news.
        var isKnown = (meeting.WaitingFor.IsZoomProblem && was.IsZoomProblem) || (meeting.OverdueTold && meeting.WaitingFor.IsTemporary);
        if (meeting.WaitingFor != was && !isKnown)
        {
            events.Add(new LinkEvent(EventKind.LinkWaiting, LinkDescriber.Waits(meeting, now).Text));
        }

        if (meeting.WaitingFor.IsZoomProblem && !meeting.OverdueTold && now - meeting.WantedSince >= TimeSpan.FromMinutes(15))
        {
            meeting.MarkOverdueTold();
            events.Add(new LinkEvent(EventKind.LinkOverdue, "The Zoom link is still missing after 15 minutes. It is tried again until the appointment is over."));
        }

        return events;
    }

    private static LinkEvent? Apply(SlotMeeting meeting, ZoomError error, QuotaClock clock)
    {
        var (now, attempt) = (clock.Now, meeting.Attempts + 1);
        TimeSpan Pause(TimeSpan first, double growth) => RetryDelays.ForMeeting(meeting, error.RetryAfter, first, growth, clock);
        switch (error.Kind)
        {
            case ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError:
            case ZoomErrorKind.Unexpected when error.HttpStatus is 408:
                meeting.RecordUnknownOutcome(null, now + Pause(MeetingPlanner.InspectAfter, growth: 2));
                break;

            case ZoomErrorKind.NotSent:
                meeting.UncountRequest();
                meeting.RecordFailure(WaitingFor.ZoomDown, null, now + Backoff.WithJitter(attempt, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)));
                break;

            case ZoomErrorKind.RateLimited:
                meeting.RecordFailure(WaitingFor.RateLimit, null, now + Pause(TimeSpan.FromSeconds(1.2), growth: 6));
                break;

            case ZoomErrorKind.DailyLimitReached:
                meeting.RecordFailure(WaitingFor.Quota, null, Earlier(clock.NextDayOpensAt, meeting.End));
                break;

            case ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing or ZoomErrorKind.UserGone or ZoomErrorKind.InvalidGrant:
                meeting.RecordFailure(WaitingFor.Reconnection, null, meeting.End);
                break;

            case ZoomErrorKind.ApprovalWithdrawn:
                meeting.RecordFailure(WaitingFor.Approval, null, meeting.End);
                break;

            case ZoomErrorKind.MayNotHost:
                meeting.RecordFailure(WaitingFor.HostPermission, Said(error), Earlier(now + OneDay, meeting.End));
                break;

            case ZoomErrorKind.Rejected:
                // The same again would be refused again: a change of what it says, or staff asking, tries anew.
                meeting.RecordFailure(WaitingFor.Refused, Said(error), meeting.State is SlotMeetingState.Unwanted ? Earlier(now + OneDay, meeting.End) : meeting.End);
                break;

            case ZoomErrorKind.MeetingGone when meeting.InFlight is MeetingRequestKind.Delete:
                meeting.Drop();
                break;

            case ZoomErrorKind.MeetingGone when meeting.InFlight is not MeetingRequestKind.Create:
                return DeletedInZoom(meeting, now);

            default:
                meeting.RecordFailure(WaitingFor.ZoomDown, Said(error), now + Pause(TimeSpan.FromMinutes(1), growth: 2));
                break;
        }

        return null;
    }

    public static LinkEvent? DeletedInZoom(SlotMeeting meeting, DateTimeOffset now)
    {
        if (meeting.State is not SlotMeetingState.Live)
        {
            meeting.Drop();
            return null;
        }

        meeting.RecordDeletedInZoom(upcoming: meeting.Start > now, now);
        return new LinkEvent(EventKind.LinkLost, LinkDescriber.Lost(meeting).Text);
    }

    private static string? Said(ZoomError error)
    {
        var fields = string.Join(" ", error.FieldErrors.Select(field => $"{field.Field}: {field.Message}"));
        var words = $"{error.Message} {fields}".Trim();
        return words.Length == 0 ? null : StorableText.Shorten(words, LongestError);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
