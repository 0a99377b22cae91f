using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The Zoom meeting behind a time slot: what the slot's appointments wish for, and what is known of Zoom's side.
/// Booking changes the wish; only the reconciler, under its account's lease, changes what is known.
/// At most one row per slot is <see cref="IsCurrent"/>, by a unique index.
/// </summary>
public sealed partial class SlotMeeting : IChangedInBackground
{
    /// <summary>What one meeting may spend on requests that fail, on one UTC day: a tenth of it.</summary>
    public const int MaxFailedRequestsPerDay = QuotaDay.Limit / 10;

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
        AssignAccount(zoomUserKey, now);
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
    public MeetingRequestKind? InFlight { get; private set; }

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

    /// <summary>The UTC day that <see cref="FailedRequests"/> is of.</summary>
    public DateOnly? FailedOn { get; private set; }

    /// <summary>
    /// Counted requests of that day that did not succeed, the one on its way included. Written in the transaction that takes the request from the day's
    /// quota; the row's version keeps two processes from counting one another's away.
    /// </summary>
    public int FailedRequests { get; private set; }

    /// <summary>When the reconciler looks at it next; null: there is nothing to do.</summary>
    public DateTimeOffset? NextActionAt { get; private set; }

    /// <summary>It was deleted in Zoom by hand and made anew; a second deletion is respected.</summary>
    public bool MadeAnew { get; private set; }

    /// <summary>Something (a webhook, the sweep) gave reason to doubt what we know: Zoom is asked before anything else is done.</summary>
    public bool LookAsked { get; private set; }

    /// <summary>Creations that were sent, never answered, and not found by a look: what turns up of them later is ours to delete.</summary>
    public IReadOnlyList<UnresolvedCreation> LostCreations { get; private set; } = [];

    /// <summary>The host was told that the link is still missing a quarter of an hour after it was wanted.</summary>
    public bool OverdueTold { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public bool IsCurrent => State is SlotMeetingState.Wanted or SlotMeetingState.Live;

    public int FailedRequestsOn(DateOnly day) => FailedOn == day ? FailedRequests : 0;

    public bool IsOver(DateTimeOffset now) => End <= now;

    /// <summary>There is a meeting in Zoom, and somebody may still be waiting in it for the host.</summary>
    public bool CanBeStarted(DateTimeOffset now) => State is SlotMeetingState.Live && ZoomMeetingId is not null && ZoomUserKey is not null && !IsOver(now);

    public bool CreationUnresolved => InFlight is MeetingRequestKind.Create;

    public Slot Slot => new(CalendarId, HostId, Start);

    private void ClearAfterSuccess()
    {
        ClearInFlight();
        WaitingFor = WaitingFor.Nothing;
        LastError = null;
        Attempts = 0;
        Version++;
    }

    private void ClearInFlight()
    {
        InFlight = null;
        InFlightSince = null;
        InFlightContent = null;
    }
}
