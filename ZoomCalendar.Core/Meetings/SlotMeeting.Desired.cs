namespace ZoomCalendar.Core.Meetings;

/// <content>The desired state, changed by booking, connecting and disconnecting.</content>
public sealed partial class SlotMeeting
{
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SoonBeforeStart = TimeSpan.FromMinutes(15);

    /// <summary>Assigns a Zoom account to a meeting that was never sent; null while the host is not connected.</summary>
    public void AssignAccount(string? zoomUserKey, DateTimeOffset now)
    {
        if (InFlight is not null || ZoomMeetingId is not null)
        {
            return;
        }

        ZoomUserKey = zoomUserKey;
        WaitingFor = zoomUserKey is null ? WaitingFor.Connection : WaitingFor.Nothing;
        Attempts = 0;
        // Another account has its own quota.
        FailedRequests = 0;
        LastError = null;
        // Without an account the only step left is to mark it as missed at its end.
        NextActionAt = zoomUserKey is null ? End : now;
        Version++;
    }

    /// <summary>An appointment joined, left or changed something that Zoom has.</summary>
    public void ContentChanged(DateTimeOffset end, DateTimeOffset now)
    {
        End = end;
        Version++;
        if (WaitingFor is WaitingFor.Refused)
        {
            // The content is no longer the one that Zoom refused.
            WaitingFor = WaitingFor.Nothing;
        }

        // Also during a creation, because the content in flight is outdated.
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
            // A meeting that waits for its end, because no account serves it, waits for the new end.
            NextActionAt = HasNoConnection || WaitingFor is WaitingFor.Staff ? End : NextActionAt;
            SetDue(now);
        }
    }

    /// <summary>
    /// Another appointment shares the link and changes nothing else. The new version makes a concurrent writer read the row again.
    /// </summary>
    public void AppointmentJoined() => Version++;

    /// <summary>
    /// When an update is due: 30 s after the last change, at most 5 minutes after the first, at once within 15 minutes of the start.
    /// </summary>
    public DateTimeOffset UpdateDueAt(DateTimeOffset now)
    {
        if (FirstChangedAt is not { } first || LastChangedAt is not { } last || Start - now <= SoonBeforeStart)
        {
            return now;
        }

        var due = last + QuietPeriod < first + LongestDelay ? last + QuietPeriod : first + LongestDelay;
        return due < Start - SoonBeforeStart ? due : Start - SoonBeforeStart;
    }

    /// <summary>The last active appointment left the slot. The link is dropped for good.</summary>
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
        // A request in flight is resolved at its own time.
        NextActionAt = InFlight is null ? now : NextActionAt;
    }

    /// <summary>
    /// Takes up a released meeting whose creation is in flight for a new booking of the slot. Its link is not recorded yet, so no booker
    /// has seen it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The meeting is not in that state.</exception>
    public void Reclaim(DateTimeOffset end)
    {
        if (State is not SlotMeetingState.Unwanted || !CreationUnresolved || JoinUrl is not null)
        {
            throw new InvalidOperationException("A dropped link never comes back.");
        }

        State = SlotMeetingState.Wanted;
        End = end;
        // The creation in flight carries the content of the earlier booking.
        FirstChangedAt = LastChangedAt = InFlightSince;
        Version++;
    }

    /// <summary>Staff ask for a new link after the meeting was deleted in Zoom twice, or after Zoom refused it.</summary>
    public void RequestNewLink(DateTimeOffset now)
    {
        if (State is SlotMeetingState.Wanted && InFlight is null && !HasNoConnection)
        {
            Attempts = 0;
            WaitUntil(WaitingFor.Nothing, null, now);
        }
    }

    /// <summary>The meeting may have changed in Zoom. Reads it before anything else is sent.</summary>
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

    /// <summary>The last connection to its Zoom account ended. The link keeps working, but the meeting is no longer managed.</summary>
    public void MarkUnmanaged()
    {
        if (WaitingFor is WaitingFor.Staff)
        {
            // A new connection must not create a meeting again that was deleted by hand twice.
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

    /// <summary>
    /// The same Zoom account is connected again, so waiting requests continue. A meeting deleted by hand twice still waits for staff.
    /// </summary>
    public void MarkManaged(DateTimeOffset now)
    {
        if (WaitingFor is not WaitingFor.Staff)
        {
            Attempts = 0;
            WaitUntil(WaitingFor.Nothing, null, now);
        }
    }

    /// <summary>
    /// Erases what Zoom requires after <c>app_deauthorized</c>. The join link stays as plain text until the appointment is over.
    /// </summary>
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
        // While the meeting waits, or a request is in flight, that time takes precedence.
        if (WaitingFor is WaitingFor.Nothing && InFlight is null)
        {
            NextActionAt = at;
        }
    }
}
