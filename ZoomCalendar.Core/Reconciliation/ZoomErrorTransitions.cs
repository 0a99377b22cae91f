using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// The effect of a failed request on its slot meeting. Each failure leads to a reason for waiting and a later time, never to an immediate
/// repeat.
/// </summary>
internal static class ZoomErrorTransitions
{
    private const int LongestError = 300;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public static IReadOnlyList<LinkEvent> ApplyTo(SlotMeeting meeting, ZoomError error, QuotaClock clock)
    {
        var before = meeting.WaitingFor;
        var lost = Apply(meeting, error, clock);
        if (meeting is { State: SlotMeetingState.Unwanted, ZoomMeetingId: null, InFlight: null })
        {
            // No appointment uses the meeting, and it before never created.
            meeting.Drop();
        }

        return lost is { } lostEvent ? [lostEvent] : WaitingEvents(meeting, before, clock.Now);
    }

    /// <summary>The events of a wait: one for each new reason, not for repeats, and one after 15 minutes without a link.</summary>
    public static IReadOnlyList<LinkEvent> WaitingEvents(SlotMeeting meeting, WaitingFor before, DateTimeOffset now)
    {
        if (meeting.State is not SlotMeetingState.Wanted || meeting.WaitingFor is WaitingFor.Nothing)
        {
            return [];
        }

        var events = new List<LinkEvent>();
        // After the notice of the overdue link, only reasons that need somebody's action are reported.
        var isKnown = (meeting.WaitingFor.IsZoomProblem && before.IsZoomProblem) || (meeting.OverdueTold && meeting.WaitingFor.IsTemporary);
        if (meeting.WaitingFor != before && !isKnown)
        {
            events.Add(new LinkEvent(EventKind.LinkWaiting, LinkDescriber.Waits(meeting, now).Text));
        }

        if (meeting.WaitingFor.IsZoomProblem && !meeting.OverdueTold && now - meeting.WantedSince >= TimeSpan.FromMinutes(15))
        {
            meeting.MarkOverdueTold();
            events.Add(new LinkEvent(
                EventKind.LinkOverdue,
                "The Zoom link is still missing after 15 minutes. It is tried again until the appointment is over."));
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
                meeting.RecordFailure(
                    WaitingFor.ZoomDown, null, now + Backoff.WithJitter(attempt, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)));
                break;

            case ZoomErrorKind.RateLimited:
                meeting.RecordFailure(WaitingFor.RateLimit, null, now + Pause(TimeSpan.FromSeconds(1.2), growth: 6));
                break;

            case ZoomErrorKind.DailyLimitReached:
                meeting.RecordFailure(WaitingFor.Quota, null, MeetingPlanner.Earlier(clock.NextDayOpensAt, meeting.End));
                break;

            case ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing or ZoomErrorKind.UserGone
                or ZoomErrorKind.InvalidGrant:
                meeting.RecordFailure(WaitingFor.Reconnection, null, meeting.End);
                break;

            case ZoomErrorKind.ApprovalWithdrawn:
                meeting.RecordFailure(WaitingFor.Approval, null, meeting.End);
                break;

            case ZoomErrorKind.MayNotHost:
                meeting.RecordFailure(WaitingFor.HostPermission, MessageOf(error), MeetingPlanner.Earlier(now + OneDay, meeting.End));
                break;

            case ZoomErrorKind.Rejected:
                // The same request would be refused again. Changed content, or staff asking, leads to another attempt.
                meeting.RecordFailure(
                    WaitingFor.Refused,
                    MessageOf(error),
                    meeting.State is SlotMeetingState.Unwanted ? MeetingPlanner.Earlier(now + OneDay, meeting.End) : meeting.End);
                break;

            case ZoomErrorKind.MeetingGone when meeting.InFlight is MeetingRequestKind.Delete:
                meeting.Drop();
                break;

            case ZoomErrorKind.MeetingGone when meeting.InFlight is not MeetingRequestKind.Create:
                return DeletedInZoom(meeting, now);

            default:
                meeting.RecordFailure(WaitingFor.ZoomDown, MessageOf(error), now + Pause(TimeSpan.FromMinutes(1), growth: 2));
                break;
        }

        return null;
    }

    /// <summary>The meeting is no longer in Zoom; null if no appointment used it.</summary>
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

    private static string? MessageOf(ZoomError error)
    {
        var fields = string.Join(" ", error.FieldErrors.Select(field => $"{field.Field}: {field.Message}"));
        var message = $"{error.Message} {fields}".Trim();
        return message.Length == 0 ? null : StorableText.Shorten(message, LongestError);
    }
}
