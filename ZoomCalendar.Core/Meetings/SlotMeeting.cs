using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The Zoom meeting behind a time slot: what the slot's appointments wish for, and what is known of Zoom's side.
/// Booking changes the wish; only the reconciler, under its account's lease, changes what is known.
/// At most one row per slot is <see cref="IsCurrent"/>, by a unique index.
/// </summary>
public sealed class SlotMeeting
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    private SlotMeeting()
    {
    }

    public SlotMeeting(SubAccountId subAccountId, Slot slot, DateTimeOffset end, string? zoomUserKey, DateTimeOffset now)
    {
        Id = SlotMeetingId.New(now);
        SubAccountId = subAccountId;
        CalendarId = slot.CalendarId;
        HostId = slot.HostId ?? throw new ArgumentException("A slot without a host has no meeting.", nameof(slot));
        Start = slot.Start;
        End = end;
        WantedSince = now;
        ServeFrom(zoomUserKey, now);
    }

    public SlotMeetingId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public CalendarId CalendarId { get; private init; }

    public UserId HostId { get; private init; }

    public DateTimeOffset Start { get; private init; }

    /// <summary>The end of the slot's longest active appointment, or of its last one. After it no request of any kind is sent.</summary>
    public DateTimeOffset End { get; private set; }

    public SlotMeetingState State { get; private set; } = SlotMeetingState.Wanted;

    /// <summary>
    /// The keyed hash of the Zoom user on whose account the meeting is, or is to be, made. Fixed for life once a creation was sent;
    /// it outlives the account's row, so that the same Zoom user reconnecting takes the meeting up again. Null: nobody can serve it.
    /// </summary>
    public string? ZoomUserKey { get; private set; }

    public long? ZoomMeetingId { get; private set; }

    public string? ZoomUuid { get; private set; }

    public string? JoinUrl { get; private set; }

    public string? Passcode { get; private set; }

    /// <summary>What Zoom has, as far as we know.</summary>
    public MeetingContent? Known { get; private set; }

    /// <summary>The request that was sent and whose outcome is not recorded yet. Set before sending: after a crash it tells what to look for.</summary>
    public RequestKind? InFlight { get; private set; }

    public DateTimeOffset? InFlightSince { get; private set; }

    public MeetingContent? InFlightContent { get; private set; }

    /// <summary>When the first change that Zoom does not know of was made; null: none. Updates leave together.</summary>
    public DateTimeOffset? FirstChangedAt { get; private set; }

    public DateTimeOffset? LastChangedAt { get; private set; }

    public DateTimeOffset WantedSince { get; private init; }

    public WaitingFor WaitingFor { get; private set; }

    /// <summary>Zoom's last refusal, in words for the host.</summary>
    public string? LastError { get; private set; }

    /// <summary>Failures in a row.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the reconciler looks at it next; null: there is nothing to do.</summary>
    public DateTimeOffset? NextActionAt { get; private set; }

    /// <summary>It was deleted in Zoom by hand and made anew; a second deletion is respected.</summary>
    public bool MadeAnew { get; private set; }

    /// <summary>Zoom, or the daily sweep, gave reason to compare it with what Zoom has before anything else. Reads are not counted.</summary>
    public bool LookAsked { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public bool IsCurrent => State is SlotMeetingState.Wanted or SlotMeetingState.Live;

    public bool CreationUnresolved => InFlight is RequestKind.Create;

    public Slot Slot => new(CalendarId, HostId, Start);

    /// <summary>The Zoom user who is to serve a meeting that was never sent; null while the host is not connected.</summary>
    public void ServeFrom(string? zoomUserKey, DateTimeOffset now)
    {
        if (InFlight is not null || ZoomMeetingId is not null)
        {
            return;
        }

        ZoomUserKey = zoomUserKey;
        WaitingFor = zoomUserKey is null ? WaitingFor.Connection : WaitingFor.Nothing;
        Attempts = 0;
        LastError = null;
        // Without anybody to serve it there is one thing left to do: call it missed when it is over.
        NextActionAt = zoomUserKey is null ? End : now;
        Version++;
    }

    /// <summary>An appointment joined, left, or changed what Zoom is told.</summary>
    public void Changed(DateTimeOffset end, DateTimeOffset now)
    {
        End = end;
        Version++;
        if (State is not SlotMeetingState.Live)
        {
            return;
        }

        FirstChangedAt ??= now;
        LastChangedAt = now;
        Due(UpdateDueAt(now));
    }

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
        if (WaitingFor is not (WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval))
        {
            WaitingFor = WaitingFor.Nothing;
        }

        // A creation that is on its way is looked at when its time comes, not earlier.
        if (InFlight is null)
        {
            NextActionAt = now;
        }
    }

    /// <summary>A creation was sent and its link is not recorded: nobody has seen the link, so a new booking may take it up.</summary>
    public void TakeUpAgain(DateTimeOffset end)
    {
        if (State is not SlotMeetingState.Unwanted || !CreationUnresolved || JoinUrl is not null)
        {
            throw new InvalidOperationException("A dropped link never comes back.");
        }

        State = SlotMeetingState.Wanted;
        End = end;
        Version++;
    }

    /// <summary>Written down before the request leaves.</summary>
    public void Send(RequestKind kind, MeetingContent? content, DateTimeOffset now, DateTimeOffset lookAt)
    {
        InFlight = kind;
        InFlightContent = content;
        InFlightSince = now;
        NextActionAt = lookAt;
        Version++;
    }

    /// <summary>The creation succeeded, or a look found the meeting that an unresolved creation had made.</summary>
    public void Exists(long meetingId, string uuid, string joinUrl, string? passcode, MeetingContent? known, DateTimeOffset now)
    {
        ZoomMeetingId = meetingId;
        ZoomUuid = uuid;
        JoinUrl = joinUrl;
        Passcode = passcode;
        Known = known ?? InFlightContent;
        Settle();
        State = State is SlotMeetingState.Wanted ? SlotMeetingState.Live : State;
        // What was changed while the creation was on its way is compared at once; nothing is sent if it is the same.
        NextActionAt = now;
    }

    public void Updated(MeetingContent content)
    {
        Known = content;
        Settle();
        NextActionAt = FirstChangedAt is null ? null : NextActionAt;
    }

    /// <summary>A request failed for certain: nothing of it is in Zoom.</summary>
    public void Failed(WaitingFor reason, string? error, DateTimeOffset? retryAt)
    {
        InFlight = null;
        InFlightSince = null;
        InFlightContent = null;
        Wait(reason, error, retryAt);
        Attempts++;
    }

    /// <summary>It cannot be known whether Zoom acted. <see cref="InFlight"/> stays, so that the next step is a look.</summary>
    public void OutcomeUnknown(string? error, DateTimeOffset lookAt)
    {
        WaitingFor = WaitingFor.ZoomDown;
        LastError = error;
        NextActionAt = lookAt;
        Attempts++;
        Version++;
    }

    /// <summary>A look showed that an unresolved request left nothing behind.</summary>
    public void NothingThere()
    {
        InFlight = null;
        InFlightSince = null;
        InFlightContent = null;
        Version++;
    }

    public void Wait(WaitingFor reason, string? error, DateTimeOffset? until)
    {
        WaitingFor = reason;
        LastError = error ?? LastError;
        NextActionAt = until;
        Version++;
    }

    public void NothingToDo()
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
        Settle();
        NextActionAt = null;
    }

    public void Miss()
    {
        State = SlotMeetingState.Missed;
        NextActionAt = null;
        Version++;
    }

    /// <summary>It is no longer in Zoom although the slot wants it: made anew once, then only when staff ask.</summary>
    public void LostInZoom(bool upcoming, DateTimeOffset now)
    {
        ZoomMeetingId = null;
        ZoomUuid = null;
        JoinUrl = null;
        Passcode = null;
        Known = null;
        Settle();
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

    /// <summary>Staff ask for a new link after it was deleted in Zoom twice, or after Zoom refused it.</summary>
    public void AskAgain(DateTimeOffset now)
    {
        if (State is SlotMeetingState.Wanted && InFlight is null)
        {
            Attempts = 0;
            Wait(WaitingFor.Nothing, null, now);
        }
    }

    /// <summary>Every connection to its Zoom account ended: the link goes on working, nobody looks after it.</summary>
    public void NoLongerManaged()
    {
        if (State is SlotMeetingState.Wanted && InFlight is null)
        {
            ZoomUserKey = null;
        }

        WaitingFor = WaitingFor.Connection;
        NextActionAt = State is SlotMeetingState.Wanted ? End : null;
        Version++;
    }

    /// <summary>The same Zoom account is connected again: waiting requests go on.</summary>
    public void ManagedAgain(DateTimeOffset now)
    {
        Attempts = 0;
        Wait(WaitingFor.Nothing, null, now);
    }

    /// <summary>What was heard about it is checked with Zoom before it is believed. Nobody can look while nobody is connected.</summary>
    public void AskToLook(DateTimeOffset now)
    {
        if (ZoomMeetingId is null || State is not (SlotMeetingState.Live or SlotMeetingState.Unwanted))
        {
            return;
        }

        LookAsked = true;
        Version++;
        if (InFlight is null && WaitingFor is not (WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval))
        {
            NextActionAt = now;
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
        Settle();
        WaitingFor = WaitingFor.Connection;
        NextActionAt = State is SlotMeetingState.Wanted ? End : null;
        if (State is SlotMeetingState.Unwanted)
        {
            Drop();
        }
    }

    private void Settle()
    {
        InFlight = null;
        InFlightSince = null;
        InFlightContent = null;
        WaitingFor = WaitingFor.Nothing;
        LastError = null;
        Attempts = 0;
        Version++;
    }

    private void Due(DateTimeOffset at)
    {
        // While it waits for something, or a request is on its way, that time decides.
        if (WaitingFor is WaitingFor.Nothing && InFlight is null)
        {
            NextActionAt = at;
        }
    }
}
