using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Asks Zoom what is there, and writes it down. Reads only; a meeting that cannot be proved ours is reported and left alone.</summary>
internal sealed class MeetingInspector(ReconcilerServices shop)
{
    public Task<bool> LookAsync(AccountSnapshot desk, SlotSnapshot slot, AccessToken token, CancellationToken cancellationToken) =>
        slot.Meeting.ZoomMeetingId is { } id
            ? LookAtAsync(desk, slot.Meeting, id, token, cancellationToken)
            : LookForAsync(desk, slot.Meeting, token, cancellationToken);

    /// <summary>A creation of unknown outcome: its marker is looked for among the upcoming meetings.</summary>
    private async Task<bool> LookForAsync(AccountSnapshot desk, SlotMeeting meeting, AccessToken token, CancellationToken cancellationToken)
    {
        var sent = shop.Now;
        var result = await shop.ReadAsync(desk.Key!, token, zoom => shop.Zoom.ListUpcomingMeetingsAsync(zoom, CancellationToken.None), cancellationToken);
        var clock = Learn(desk, QuotaClock.DateOf(result), sent);
        if (result is not ZoomResult<UpcomingMeetings>.Ok list)
        {
            return await RecordAsync(desk, meeting, ErrorOf(result), clock, (row, failure) => Refused(row, failure!, clock), cancellationToken);
        }

        var marked = list.Value.Meetings.Where(found => MeetingMarker.In(found.Agenda) == new MeetingMarker(desk.InstallationId, meeting.Id)).ToList();
        var attempts = Attempts(meeting);
        var ours = marked.Where(found => attempts.Any(attempt => attempt.Fits(found.StartTime, found.CreatedAt, clock.ZoomAhead)))
            .OrderBy(found => found.CreatedAt).ThenBy(found => found.Id).FirstOrDefault();
        // A list has no passcodes.
        var whole = ours is null ? null : await shop.Zoom.GetMeetingAsync(token, ours.Id, CancellationToken.None);
        var adopted = whole is ZoomResult<ZoomMeeting>.Ok { Value.JoinUrl: not null } ok ? ok.Value : ours;
        if (marked.Count > (ours is null ? 0 : 1))
        {
            // Twins, or somebody's copies: the sweep tells them apart.
            await shop.Database.ReadAsync(db => AccountErrors.SweepSoonAsync(db, desk.Key!, cancellationToken), cancellationToken);
        }

        return await RecordAsync(desk, meeting, null, clock, (row, _) => Found(row, adopted, clock), cancellationToken);
    }

    private static IReadOnlyList<UnresolvedCreation> Attempts(SlotMeeting meeting) =>
        meeting is { InFlightSince: { } sent, InFlightContent: { } content } ? [.. meeting.LostCreations, new UnresolvedCreation(sent, content.Start)] : meeting.LostCreations;

    private static IReadOnlyList<LinkEvent> Found(SlotMeeting row, ZoomMeeting? adopted, QuotaClock clock)
    {
        if (adopted is null)
        {
            row.NothingThere(clock.Now);
            return [];
        }

        if (adopted.JoinUrl is not { } link)
        {
            return Refused(row, new ZoomError(ZoomErrorKind.OutcomeUnknown), clock);
        }

        var cost = LinkDescriber.Cost(row.Attempts).Text;
        row.Exists(adopted.Id, adopted.Uuid ?? "", link.AbsoluteUri, adopted.Password, InZoom(row.InFlightContent!, adopted), clock.Now);
        return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkReady, cost)] : [];
    }

    /// <summary>A meeting whose id we hold: an update or a deletion of unknown outcome, or something gave reason to doubt.</summary>
    private async Task<bool> LookAtAsync(AccountSnapshot desk, SlotMeeting meeting, long id, AccessToken token, CancellationToken cancellationToken)
    {
        var sent = shop.Now;
        var result = await shop.ReadAsync(desk.Key!, token, zoom => shop.Zoom.GetMeetingAsync(zoom, id, CancellationToken.None), cancellationToken);
        var clock = Learn(desk, QuotaClock.DateOf(result), sent);
        return await RecordAsync(
            desk,
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
        // What an update of ours may or may not have written is nobody's hand.
        var byHand = row.InFlight is null;
        if (row.InFlight is MeetingRequestKind.Update)
        {
            if (IsDone(row, inZoom))
            {
                row.Updated(row.InFlightContent!, now);
            }
            else
            {
                row.NothingThere(now);
            }
        }
        else if (row.InFlight is not null)
        {
            // The deletion did not happen.
            row.NothingThere(now);
        }

        return row is { State: SlotMeetingState.Live, Known: { } known } ? Compare(row, known, inZoom, byHand, now) : [];
    }

    private static IReadOnlyList<LinkEvent> Compare(SlotMeeting row, MeetingContent known, ZoomMeeting inZoom, bool byHand, DateTimeOffset now)
    {
        var link = inZoom.JoinUrl?.AbsoluteUri ?? row.JoinUrl!;
        var passcode = inZoom.Password ?? row.Passcode;
        var linkChanged = link != row.JoinUrl || (row.Passcode is not null && passcode != row.Passcode);
        var has = InZoom(known, inZoom);
        var happened = new List<LinkEvent>();
        if (linkChanged)
        {
            happened.Add(new LinkEvent(EventKind.LinkChanged, "The meeting's link or passcode was changed in Zoom. The new one is on the appointment."));
        }

        if (byHand && has != known)
        {
            happened.Add(new LinkEvent(EventKind.LinkChangedInZoom, "The meeting's title or time was changed in Zoom. The appointment stays as it is, and our next update writes the appointment's again."));
        }

        row.Seen(has, link, passcode, now);
        return happened;
    }

    /// <summary>What of a content can be seen in Zoom's answer, as Zoom has it.</summary>
    public static MeetingContent InZoom(MeetingContent content, ZoomMeeting inZoom) => content with
    {
        Topic = inZoom.Topic is { } topic && Plain(topic) != Plain(content.Topic) ? topic : content.Topic,
        Start = inZoom.StartTime is { } start && (start - content.Start).Duration() >= TimeSpan.FromSeconds(1) ? start : content.Start,
        DurationMinutes = inZoom.DurationMinutes ?? content.DurationMinutes,
    };

    // Zoom may tidy white space; that is nobody's change.
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Proved only by something that the update changed and that can be seen; sent again otherwise, which does no harm.</summary>
    private static bool IsDone(SlotMeeting row, ZoomMeeting inZoom) =>
        row is { InFlightContent: { } sent, Known: { } known }
        && InZoom(sent, inZoom) == sent
        && sent with { Settings = known.Settings, TimeZone = known.TimeZone, Agenda = known.Agenda } != known
        && (sent.Settings, sent.TimeZone, sent.Agenda) == (known.Settings, known.TimeZone, known.Agenda);

    private static IReadOnlyList<LinkEvent> Refused(SlotMeeting row, ZoomError error, QuotaClock clock)
    {
        if (error.Kind is ZoomErrorKind.MeetingGone && row.ZoomMeetingId is not null)
        {
            return ZoomErrorTransitions.Lost(row, clock.Now) is { } lost ? [lost] : [];
        }

        if (row.InFlight is null)
        {
            row.Failed(row.WaitingFor, null, clock.Now + Backoff.After(row.Attempts + 1, MeetingPlanner.LookAfter, TimeSpan.FromMinutes(10)));
            return [];
        }

        // What became of the request is as unknown as before.
        var before = row.WaitingFor;
        row.OutcomeUnknown(null, clock.Now + Backoff.After(row.Attempts + 1, MeetingPlanner.LookAfter, TimeSpan.FromMinutes(10)));
        return ZoomErrorTransitions.Waits(row, before, clock.Now);
    }

    private async Task<bool> RecordAsync(
        AccountSnapshot desk, SlotMeeting meeting, ZoomError? error, QuotaClock clock, Func<SlotMeeting, ZoomError?, IReadOnlyList<LinkEvent>> apply, CancellationToken cancellationToken)
    {
        var goOn = true;
        var looked = (meeting.InFlight, meeting.InFlightSince);
        var changed = await shop.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                goOn = await AccountErrors.NoteAsync(db, desk.Account!, error, isCounted: false, clock, cancellationToken);
                if ((row.InFlight, row.InFlightSince) == looked)
                {
                    await MeetingEvents.OfLinkAsync(db, row, apply(row, error), clock.Now, cancellationToken);
                }

                shop.Reached(ReconcilerStep.Recording);
            },
            cancellationToken);

        shop.Reached(ReconcilerStep.Recorded);
        shop.Written(changed is null ? [] : [changed.State]);
        return goOn;
    }

    private QuotaClock Learn(AccountSnapshot desk, DateTimeOffset? serverDate, DateTimeOffset sent) =>
        new(shop.Now, QuotaClock.Learn(desk.Clock.ZoomAhead, serverDate, sent, shop.Now));

    private static ZoomError? ErrorOf<T>(ZoomResult<T> result) => (result as ZoomResult<T>.Failed)?.Error;
}
