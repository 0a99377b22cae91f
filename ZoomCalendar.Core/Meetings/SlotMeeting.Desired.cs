namespace ZoomCalendar.Core.Meetings;

/// <content>The wish: what booking, connecting and disconnecting say.</content>
public sealed partial class SlotMeeting
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    /// <summary>The Zoom user who is to serve a meeting that was never sent; null while the host is not connected.</summary>
    public void AssignAccount(string? zoomUserKey, DateTimeOffset now)
    {
        if (InFlight is not null || ZoomMeetingId is not null)
        {
            return;
        }

        ZoomUserKey = zoomUserKey;
        WaitingFor = zoomUserKey is null ? WaitingFor.Connection : WaitingFor.Nothing;
        Attempts = 0;
        // Another account has another day.
        FailedRequests = 0;
        LastError = null;
        // Without anybody to serve it there is one thing left to do: call it missed when it is over.
        NextActionAt = zoomUserKey is null ? End : now;
        Version++;
    }

    /// <summary>An appointment joined, left, or changed what Zoom is told.</summary>
    public void ContentChanged(DateTimeOffset end, DateTimeOffset now)
    {
        End = end;
        Version++;
        if (WaitingFor is WaitingFor.Refused)
        {
            // What Zoom refused is not what it would be told now.
            WaitingFor = WaitingFor.Nothing;
        }

        // Also while a creation is on its way: what it carried is no longer all there is to say.
        if (State is SlotMeetingState.Live || InFlight is MeetingRequestKind.Create)
        {
            FirstChangedAt ??= now;
            LastChangedAt = now;
        }

        if (State is SlotMeetingState.Live)
        {
            SetDue(UpdateDueAt(now));
        }
        else if (State is SlotMeetingState.Wanted)
        {
            // One that waits for its own end (nobody to serve it) waits for the new end.
            NextActionAt = WaitingFor is WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval or WaitingFor.Staff ? End : NextActionAt;
            SetDue(now);
        }
    }

    /// <summary>Another appointment shares the link and changes nothing else. Counted as a change of the row, so that whoever works on it looks again.</summary>
    public void AppointmentJoined() => Version++;

    /// <summary>30 s after the last change, at most 5 minutes after the first, at once if it starts within 15 minutes.</summary>
    public DateTimeOffset UpdateDueAt(DateTimeOffset now)
    {
        if (FirstChangedAt is not { } first || LastChangedAt is not { } last || Start - now <= Soon)
        {
            return now;
        }

        var due = last + Quiet < first + LongestDelay ? last + Quiet : first + LongestDelay;
        return due < Start - Soon ? due : Start - Soon;
    }

    /// <summary>The last active appointment left the slot: the link is dropped for good.</summary>
    public void Release(DateTimeOffset now)
    {
        Version++;
        FirstChangedAt = LastChangedAt = null;
        if (State is SlotMeetingState.Wanted && InFlight is null)
        {
            Drop();
            return;
        }

        State = SlotMeetingState.Unwanted;
        Attempts = 0;
        if (HasNoConnection)
        {
            NextActionAt = End;
            return;
        }

        WaitingFor = WaitingFor.Nothing;
        // A request that is on its way is looked at when its time comes, not earlier.
        NextActionAt = InFlight is null ? now : NextActionAt;
    }

    /// <summary>A creation was sent and its link is not recorded: nobody has seen the link, so a new booking may take it up.</summary>
    public void Reclaim(DateTimeOffset end)
    {
        if (State is not SlotMeetingState.Unwanted || !CreationUnresolved || JoinUrl is not null)
        {
            throw new InvalidOperationException("A dropped link never comes back.");
        }

        State = SlotMeetingState.Wanted;
        End = end;
        // The meeting on its way carries what the earlier booking said.
        FirstChangedAt = LastChangedAt = InFlightSince;
        Version++;
    }

    /// <summary>Staff ask for a new link after it was deleted in Zoom twice, or after Zoom refused it.</summary>
    public void RequestNewLink(DateTimeOffset now)
    {
        if (State is SlotMeetingState.Wanted && InFlight is null && !HasNoConnection)
        {
            Attempts = 0;
            WaitUntil(WaitingFor.Nothing, null, now);
        }
    }

    /// <summary>Something happened to it in Zoom, or may have: ask Zoom.</summary>
    public void RequestInspection(DateTimeOffset now)
    {
        if (ZoomMeetingId is null || State is not SlotMeetingState.Live || HasNoConnection)
        {
            return;
        }

        LookAsked = true;
        Version++;
        if (InFlight is null && WaitingFor is WaitingFor.Nothing or WaitingFor.Quota or WaitingFor.Refused)
        {
            NextActionAt = now;
        }
    }

    /// <summary>Every connection to its Zoom account ended: the link goes on working, nobody looks after it.</summary>
    public void MarkUnmanaged()
    {
        if (WaitingFor is WaitingFor.Staff)
        {
            // Connecting again must not bring back what was deleted by hand twice.
            return;
        }

        if (State is SlotMeetingState.Wanted && InFlight is null)
        {
            ZoomUserKey = null;
        }

        WaitingFor = WaitingFor.Connection;
        NextActionAt = State is SlotMeetingState.Wanted or SlotMeetingState.Unwanted ? End : null;
        Version++;
    }

    /// <summary>The same Zoom account is connected again: waiting requests go on. What was deleted by hand twice still waits for staff.</summary>
    public void MarkManaged(DateTimeOffset now)
    {
        if (WaitingFor is not WaitingFor.Staff)
        {
            Attempts = 0;
            WaitUntil(WaitingFor.Nothing, null, now);
        }
    }

    /// <summary>What Zoom obliges us to erase after <c>app_deauthorized</c>; the join link stays as plain text until the appointment is over.</summary>
    public void EraseZoomData()
    {
        ZoomUserKey = null;
        ZoomMeetingId = null;
        ZoomUuid = null;
        Passcode = null;
        Known = null;
        LostCreations = [];
        LookAsked = false;
        FirstChangedAt = LastChangedAt = null;
        ClearAfterSuccess();
        WaitingFor = WaitingFor.Connection;
        NextActionAt = State is SlotMeetingState.Wanted ? End : null;
        if (State is SlotMeetingState.Unwanted)
        {
            Drop();
        }
    }

    private bool HasNoConnection => WaitingFor is WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval;

    private void SetDue(DateTimeOffset at)
    {
        // While it waits for something, or a request is on its way, that time decides.
        if (WaitingFor is WaitingFor.Nothing && InFlight is null)
        {
            NextActionAt = at;
        }
    }
}
