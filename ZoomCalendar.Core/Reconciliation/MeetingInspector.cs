using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Reads meetings from Zoom and records their state. Changes nothing in Zoom. A meeting that is not provably ours is left alone.
/// </summary>
internal sealed class MeetingInspector(ReconcilerServices services)
{
    /// <returns>Whether work on the account may continue now.</returns>
    public Task<bool> InspectAsync(AccountSnapshot snapshot, SlotSnapshot slot, AccessToken token, CancellationToken cancellationToken) =>
        slot.Meeting.ZoomMeetingId is { } id
            ? InspectByIdAsync(snapshot, slot.Meeting, id, token, cancellationToken)
            : InspectByMarkerAsync(snapshot, slot.Meeting, token, cancellationToken);

    /// <summary>Searches the upcoming meetings for the marker of a creation whose outcome is unknown.</summary>
    private async Task<bool> InspectByMarkerAsync(
        AccountSnapshot snapshot, SlotMeeting meeting, AccessToken token, CancellationToken cancellationToken)
    {
        var sent = services.Now;
        var result = await services.ReadAsync(
            snapshot.Key!, token, zoom => services.Zoom.ListUpcomingMeetingsAsync(zoom, CancellationToken.None), cancellationToken);
        var clock = Learn(snapshot, QuotaClock.DateOf(result), sent);
        if (result is not ZoomResult<UpcomingMeetings>.Ok list)
        {
            return await RecordAsync(
                snapshot, meeting, ErrorOf(result), clock, (row, failure) => Refused(row, failure!, clock), cancellationToken);
        }

        var marked = list.Value.Meetings.Where(
            found => MeetingMarker.Parse(found.Agenda) == new MeetingMarker(snapshot.InstallationId, meeting.Id)).ToList();
        var attempts = Attempts(meeting);
        var ours = marked.Where(found => attempts.Any(attempt => attempt.Matches(found.StartTime, found.CreatedAt, clock.ZoomAhead)))
            .OrderBy(found => found.CreatedAt).ThenBy(found => found.Id).FirstOrDefault();
        // The list has no passcodes, so the meeting is read as well.
        var details = ours is null ? null : await services.Zoom.GetMeetingAsync(token, ours.Id, CancellationToken.None);
        var adopted = details is ZoomResult<ZoomMeeting>.Ok { Value.JoinUrl: not null } ok ? ok.Value : ours;
        if (marked.Count > (ours is null ? 0 : 1))
        {
            // Duplicates or foreign copies: the sweep tells them apart.
            await services.Database.ReadAsync(
                db => AccountErrors.RequestSweepAsync(db, snapshot.Key!, cancellationToken), cancellationToken);
        }

        return await RecordAsync(snapshot, meeting, null, clock, (row, _) => Found(row, adopted, clock), cancellationToken);
    }

    private static IReadOnlyList<UnresolvedCreation> Attempts(SlotMeeting meeting) =>
        meeting is { InFlightSince: { } sent, InFlightContent: { } content }
            ? [.. meeting.LostCreations, new UnresolvedCreation(sent, content.Start)]
            : meeting.LostCreations;

    private static IReadOnlyList<LinkEvent> Found(SlotMeeting row, ZoomMeeting? adopted, QuotaClock clock)
    {
        if (adopted is null)
        {
            row.RecordNothingFound(clock.Now);
            return [];
        }

        if (adopted.JoinUrl is not { } link)
        {
            return Refused(row, new ZoomError(ZoomErrorKind.OutcomeUnknown), clock);
        }

        var cost = LinkDescriber.Cost(row.Attempts).Text;
        row.RecordCreated(
            adopted.Id, adopted.Uuid ?? "", link.AbsoluteUri, adopted.Password, AsInZoom(row.InFlightContent!, adopted), clock.Now);
        return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkReady, cost)] : [];
    }

    /// <summary>Reads a meeting by its id, after an update or deletion of unknown outcome or because its state is in doubt.</summary>
    private async Task<bool> InspectByIdAsync(
        AccountSnapshot snapshot, SlotMeeting meeting, long id, AccessToken token, CancellationToken cancellationToken)
    {
        var sent = services.Now;
        var result = await services.ReadAsync(
            snapshot.Key!, token, zoom => services.Zoom.GetMeetingAsync(zoom, id, CancellationToken.None), cancellationToken);
        var clock = Learn(snapshot, QuotaClock.DateOf(result), sent);
        return await RecordAsync(
            snapshot,
            meeting,
            ErrorOf(result),
            clock,
            (row, error) => row.ZoomMeetingId != id
                ? []
                : result is ZoomResult<ZoomMeeting>.Ok ok ? Seen(row, ok.Value, clock.Now) : Refused(row, error!, clock),
            cancellationToken);
    }

    private static IReadOnlyList<LinkEvent> Seen(SlotMeeting row, ZoomMeeting inZoom, DateTimeOffset now)
    {
        // After an update of ours with unknown outcome, a difference is not evidence of a change by hand.
        var byHand = row.InFlight is null;
        if (row.InFlight is MeetingRequestKind.Update)
        {
            if (IsDone(row, inZoom))
            {
                row.RecordUpdated(row.InFlightContent!, now);
            }
            else
            {
                row.RecordNothingFound(now);
            }
        }
        else if (row.InFlight is not null)
        {
            // The deletion failed.
            row.RecordNothingFound(now);
        }

        return row is { State: SlotMeetingState.Live, Known: { } known } ? Compare(row, known, inZoom, byHand, now) : [];
    }

    private static IReadOnlyList<LinkEvent> Compare(
        SlotMeeting row, MeetingContent known, ZoomMeeting inZoom, bool byHand, DateTimeOffset now)
    {
        var link = inZoom.JoinUrl?.AbsoluteUri ?? row.JoinUrl!;
        var passcode = inZoom.Password ?? row.Passcode;
        var linkChanged = link != row.JoinUrl || (row.Passcode is not null && passcode != row.Passcode);
        var has = AsInZoom(known, inZoom);
        var events = new List<LinkEvent>();
        if (linkChanged)
        {
            events.Add(new LinkEvent(
                EventKind.LinkChanged, "The meeting's link or passcode was changed in Zoom. The new one is on the appointment."));
        }

        if (byHand && has != known)
        {
            events.Add(new LinkEvent(
                EventKind.LinkChangedInZoom,
                "The meeting's title or time was changed in Zoom. The appointment stays as it is, and our next update writes the "
                    + "appointment's again."));
        }

        row.RecordInspected(has, link, passcode, now);
        return events;
    }

    /// <summary>The content with the values that Zoom's answer shows. Zoom does not return the other values.</summary>
    public static MeetingContent AsInZoom(MeetingContent content, ZoomMeeting inZoom) => content with
    {
        // Zoom may normalize white space. That is not a change by hand.
        Topic = inZoom.Topic is { } topic && MeetingTopic.NormalizeSpaces(topic) != MeetingTopic.NormalizeSpaces(content.Topic)
            ? topic
            : content.Topic,
        Start = inZoom.StartTime is { } start && (start - content.Start).Duration() >= TimeSpan.FromSeconds(1) ? start : content.Start,
        DurationMinutes = inZoom.DurationMinutes ?? content.DurationMinutes,
    };

    /// <summary>
    /// Whether an update was applied. Only a visible change proves it; otherwise the update is sent again, which is harmless.
    /// </summary>
    private static bool IsDone(SlotMeeting row, ZoomMeeting inZoom) =>
        row is { InFlightContent: { } sent, Known: { } known }
        && AsInZoom(sent, inZoom) == sent
        && sent with { Settings = known.Settings, TimeZone = known.TimeZone, Agenda = known.Agenda } != known
        && (sent.Settings, sent.TimeZone, sent.Agenda) == (known.Settings, known.TimeZone, known.Agenda);

    private static IReadOnlyList<LinkEvent> Refused(SlotMeeting row, ZoomError error, QuotaClock clock)
    {
        if (error.Kind is ZoomErrorKind.MeetingGone && row.ZoomMeetingId is not null)
        {
            return ZoomErrorTransitions.DeletedInZoom(row, clock.Now) is { } lost ? [lost] : [];
        }

        if (row.InFlight is null)
        {
            row.RecordFailure(
                row.WaitingFor,
                null,
                clock.Now + Backoff.WithJitter(row.Attempts + 1, MeetingPlanner.InspectAfter, TimeSpan.FromMinutes(10)));
            return [];
        }

        // The outcome of the request is still unknown.
        var before = row.WaitingFor;
        row.RecordUnknownOutcome(
            null, clock.Now + Backoff.WithJitter(row.Attempts + 1, MeetingPlanner.InspectAfter, TimeSpan.FromMinutes(10)));
        return ZoomErrorTransitions.WaitingEvents(row, before, clock.Now);
    }

    private async Task<bool> RecordAsync(
        AccountSnapshot snapshot,
        SlotMeeting meeting,
        ZoomError? error,
        QuotaClock clock,
        Func<SlotMeeting, ZoomError?, IReadOnlyList<LinkEvent>> apply,
        CancellationToken cancellationToken)
    {
        var mayContinue = true;
        var inspected = (meeting.InFlight, meeting.InFlightSince);
        var changed = await services.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                mayContinue = await AccountErrors.RecordAsync(db, snapshot.Account!, error, isCounted: false, clock, cancellationToken);
                if ((row.InFlight, row.InFlightSince) == inspected)
                {
                    await MeetingEvents.RecordAsync(db, row, apply(row, error), clock.Now, cancellationToken);
                }

                services.Reached(ReconcilerStep.Recording);
            },
            cancellationToken);

        services.Reached(ReconcilerStep.Recorded);
        services.Signal(changed is null ? [] : [changed.State]);
        return mayContinue;
    }

    private QuotaClock Learn(AccountSnapshot snapshot, DateTimeOffset? serverDate, DateTimeOffset sent) =>
        new(services.Now, QuotaClock.EstimateOffset(snapshot.Clock.ZoomAhead, serverDate, sent, services.Now));

    private static ZoomError? ErrorOf<T>(ZoomResult<T> result) => (result as ZoomResult<T>.Failed)?.Error;
}
