namespace ZoomCalendar.Core.Meetings;

/// <content>What is known of Zoom's side: only the reconciler says it, under its account's lease.</content>
public sealed partial class SlotMeeting
{
    /// <summary>One request of the day is taken for it: a failed one until it has succeeded.</summary>
    public void CountRequest(DateOnly day)
    {
        FailedRequests = FailedRequestsOn(day) + 1;
        FailedOn = day;
    }

    /// <summary>The last request counted was given back, or succeeded.</summary>
    public void UncountRequest() => FailedRequests = Math.Max(0, FailedRequests - 1);

    /// <summary>Written down before the request leaves.</summary>
    public void RecordIntent(MeetingRequestKind kind, MeetingContent? content, DateTimeOffset now, DateTimeOffset lookAt)
    {
        InFlight = kind;
        InFlightContent = content;
        InFlightSince = now;
        NextActionAt = lookAt;
        Version++;
    }

    /// <summary>The request did not leave after all: as if it had never been written down.</summary>
    public void RecordNotSent(DateTimeOffset now)
    {
        UncountRequest();
        ClearInFlight();
        NextActionAt = now;
        Version++;
    }

    /// <summary>The creation succeeded, or a look found the meeting that an unresolved creation had made.</summary>
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

    public void RecordUpdated(MeetingContent content, DateTimeOffset now)
    {
        Known = content;
        // Changed again while it was on its way: that change still has to be told.
        var changedSince = LastChangedAt > InFlightSince ? LastChangedAt : null;
        FirstChangedAt = changedSince;
        LastChangedAt = changedSince;
        UncountIfInFlight(MeetingRequestKind.Update);
        ClearAfterSuccess();
        NextActionAt = AfterSuccess(now);
    }

    /// <summary>It comes out of a backup: its creation may have been sent since, so it is looked for before another one is.</summary>
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

    /// <summary>A request failed for certain: nothing of it is in Zoom.</summary>
    public void RecordFailure(WaitingFor reason, string? error, DateTimeOffset? retryAt)
    {
        ClearInFlight();
        WaitUntil(reason, error, retryAt);
        Attempts++;
    }

    /// <summary>It cannot be known whether Zoom acted. <see cref="InFlight"/> stays, so that the next step is a look.</summary>
    public void RecordUnknownOutcome(string? error, DateTimeOffset lookAt)
    {
        WaitUntil(WaitingFor.ZoomDown, error, lookAt);
        Attempts++;
    }

    /// <summary>A look showed that an unresolved request left nothing behind. A creation may still turn up: it is remembered.</summary>
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

    public void WaitUntil(WaitingFor reason, string? error, DateTimeOffset? until)
    {
        WaitingFor = reason;
        LastError = error ?? LastError;
        NextActionAt = until;
        Version++;
    }

    public void MarkUpToDate()
    {
        FirstChangedAt = LastChangedAt = null;
        WaitingFor = WaitingFor.Nothing;
        NextActionAt = null;
        Version++;
    }

    /// <summary>The end of an unwanted meeting, or of one that was never sent.</summary>
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

    /// <summary>Dropped, and yet it is in Zoom, provably ours: to be deleted.</summary>
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

    public void MarkMissed()
    {
        State = SlotMeetingState.Missed;
        ClearInFlight();
        NextActionAt = null;
        Version++;
    }

    /// <summary>It is no longer in Zoom although the slot wants it: made anew once, then only when staff ask.</summary>
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

    /// <summary>A look found it in Zoom. What was changed there by hand is what Zoom has now: our next update writes ours.</summary>
    public void RecordInspected(MeetingContent known, string joinUrl, string? passcode, DateTimeOffset now)
    {
        Known = known;
        JoinUrl = joinUrl;
        Passcode = passcode;
        LookAsked = false;
        NextActionAt = WaitingFor is WaitingFor.Nothing && InFlight is null ? AfterSuccess(now) : NextActionAt;
        Version++;
    }

    /// <summary>The new link of an updated passcode is not known yet.</summary>
    public void MarkLinkUncertain(DateTimeOffset now)
    {
        LookAsked = true;
        NextActionAt = now;
    }

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
