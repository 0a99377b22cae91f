namespace ZoomCalendar.Core.Meetings;

/// <content>The known state in Zoom. Only the reconciler changes it, under the account's lease.</content>
public sealed partial class SlotMeeting
{
    /// <summary>Counts a request taken from the day's quota. It counts as failed until it has succeeded.</summary>
    public void CountRequest(DateOnly day)
    {
        FailedRequests = FailedRequestsOn(day) + 1;
        FailedOn = day;
    }

    /// <summary>The last counted request succeeded or was returned to the quota.</summary>
    public void UncountRequest() => FailedRequests = Math.Max(0, FailedRequests - 1);

    /// <summary>Stores the intent before a request is sent.</summary>
    public void RecordIntent(MeetingRequestKind kind, MeetingContent? content, DateTimeOffset now, DateTimeOffset inspectAt)
    {
        InFlight = kind;
        InFlightContent = content;
        InFlightSince = now;
        NextActionAt = inspectAt;
        Version++;
    }

    /// <summary>The request was not sent. Restores the state before the intent.</summary>
    public void RecordNotSent(DateTimeOffset now)
    {
        UncountRequest();
        ClearInFlight();
        NextActionAt = now;
        Version++;
    }

    /// <summary>The creation succeeded, or a read found the meeting of an unresolved creation.</summary>
    public void RecordCreated(long meetingId, string uuid, string joinUrl, string? passcode, MeetingContent? known, DateTimeOffset now)
    {
        ZoomMeetingId = meetingId;
        ZoomUuid = uuid;
        JoinUrl = joinUrl;
        Passcode = passcode;
        Known = known ?? InFlightContent;
        UncountIfInFlight(MeetingRequestKind.Create);
        ClearAfterSuccess();
        State = State is SlotMeetingState.Wanted ? SlotMeetingState.Live : State;
        NextActionAt = AfterSuccess(now);
    }

    /// <summary>The update succeeded.</summary>
    public void RecordUpdated(MeetingContent content, DateTimeOffset now)
    {
        Known = content;
        // A change made while the request was in flight is still to be sent.
        var changedSince = LastChangedAt > InFlightSince ? LastChangedAt : null;
        FirstChangedAt = changedSince;
        LastChangedAt = changedSince;
        UncountIfInFlight(MeetingRequestKind.Update);
        ClearAfterSuccess();
        NextActionAt = AfterSuccess(now);
    }

    /// <summary>
    /// The row comes from a restored backup. A creation may have been sent since the backup, so Zoom is searched before another one is
    /// sent.
    /// </summary>
    public void MarkPossiblyCreated(DateTimeOffset now)
    {
        if (State is not SlotMeetingState.Wanted || IsOver(now))
        {
            return;
        }

        LostCreations = [.. LostCreations, new UnresolvedCreation(WantedSince, Start, now)];
        if (ZoomUserKey is not null && InFlight is null)
        {
            RecordIntent(MeetingRequestKind.Create, MeetingContent.Unknown(Start, End), WantedSince, now);
        }
    }

    /// <summary>A request failed and changed nothing in Zoom.</summary>
    public void RecordFailure(WaitingFor reason, string? error, DateTimeOffset? retryAt)
    {
        ClearInFlight();
        WaitUntil(reason, error, retryAt);
        Attempts++;
    }

    /// <summary>The outcome of a request is unknown. <see cref="InFlight"/> stays set, so that the next step is a read.</summary>
    public void RecordUnknownOutcome(string? error, DateTimeOffset inspectAt)
    {
        WaitUntil(WaitingFor.ZoomDown, error, inspectAt);
        Attempts++;
    }

    /// <summary>A read showed that an unresolved request changed nothing. A creation may still appear later, so it is remembered.</summary>
    public void RecordNothingFound(DateTimeOffset now)
    {
        if (InFlight is MeetingRequestKind.Create && InFlightContent is { } content && InFlightSince is { } sent)
        {
            LostCreations = [.. LostCreations, new UnresolvedCreation(sent, content.Start)];
        }

        ClearInFlight();
        NextActionAt = now;
        Version++;
    }

    /// <summary>Sets the reason for waiting and the time of the next step; null: none.</summary>
    public void WaitUntil(WaitingFor reason, string? error, DateTimeOffset? until)
    {
        WaitingFor = reason;
        LastError = error ?? LastError;
        NextActionAt = until;
        Version++;
    }

    /// <summary>Zoom has what it should have.</summary>
    public void MarkUpToDate()
    {
        FirstChangedAt = LastChangedAt = null;
        WaitingFor = WaitingFor.Nothing;
        NextActionAt = null;
        Version++;
    }

    /// <summary>The unwanted meeting was deleted, or it was never created.</summary>
    public void Drop()
    {
        State = SlotMeetingState.Dropped;
        JoinUrl = null;
        Passcode = null;
        LookAsked = false;
        UncountIfInFlight(MeetingRequestKind.Delete);
        ClearAfterSuccess();
        NextActionAt = null;
    }

    /// <summary>The dropped meeting is still in Zoom and provably ours, so it is to be deleted.</summary>
    public void RecordStillInZoom(long meetingId, DateTimeOffset now)
    {
        if (State is SlotMeetingState.Dropped)
        {
            State = SlotMeetingState.Unwanted;
            ZoomMeetingId = meetingId;
            NextActionAt = now;
            Version++;
        }
    }

    /// <summary>The slot was over before a link could be created.</summary>
    public void MarkMissed()
    {
        State = SlotMeetingState.Missed;
        ClearInFlight();
        NextActionAt = null;
        Version++;
    }

    /// <summary>
    /// The meeting was deleted in Zoom although appointments use it. It is created again once, afterwards only when staff ask.
    /// </summary>
    public void RecordDeletedInZoom(bool upcoming, DateTimeOffset now)
    {
        ZoomMeetingId = null;
        ZoomUuid = null;
        JoinUrl = null;
        Passcode = null;
        Known = null;
        LookAsked = false;
        FirstChangedAt = LastChangedAt = null;
        ClearAfterSuccess();
        State = SlotMeetingState.Wanted;
        if (MadeAnew || !upcoming)
        {
            WaitingFor = WaitingFor.Staff;
            NextActionAt = End;
            return;
        }

        MadeAnew = true;
        NextActionAt = now;
    }

    /// <summary>
    /// A read found the meeting. Changes made in Zoom by hand become the known state, and our next update overwrites them.
    /// </summary>
    public void RecordInspected(MeetingContent known, string joinUrl, string? passcode, DateTimeOffset now)
    {
        Known = known;
        JoinUrl = joinUrl;
        Passcode = passcode;
        LookAsked = false;
        NextActionAt = WaitingFor is WaitingFor.Nothing && InFlight is null ? AfterSuccess(now) : NextActionAt;
        Version++;
    }

    /// <summary>The passcode was updated, so the link may be another one. Zoom is read to find out.</summary>
    public void MarkLinkUncertain(DateTimeOffset now)
    {
        LookAsked = true;
        NextActionAt = now;
    }

    /// <summary>The host was told that the link is overdue.</summary>
    public void MarkOverdueTold()
    {
        OverdueTold = true;
        Version++;
    }

    private void UncountIfInFlight(MeetingRequestKind succeeded)
    {
        if (InFlight == succeeded)
        {
            UncountRequest();
        }
    }

    private DateTimeOffset? AfterSuccess(DateTimeOffset now) => this switch
    {
        { State: SlotMeetingState.Unwanted } or { LookAsked: true } => now,
        { State: SlotMeetingState.Live, FirstChangedAt: not null } => UpdateDueAt(now),
        _ => null,
    };
}
