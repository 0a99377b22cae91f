using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The Zoom meeting of a time slot: the desired state, set by booking, and the known state in Zoom, set only by the reconciler under its
/// account's lease. A unique index allows at most one row per slot with <see cref="IsCurrent"/>.
/// </summary>
public sealed partial class SlotMeeting : IChangedInBackground
{
    /// <summary>The failed requests that one meeting may spend per UTC day.</summary>
    public const int MaxFailedRequestsPerDay = QuotaDay.Limit / 10;

    private SlotMeeting()
    {
    }

    /// <summary>Opens the meeting of a slot.</summary>
    /// <exception cref="ArgumentException">The slot has no host.</exception>
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

    /// <summary>The end of the slot's longest active appointment, or of the last one that left. No request is sent after it.</summary>
    public DateTimeOffset End { get; private set; }

    public SlotMeetingState State { get; private set; } = SlotMeetingState.Wanted;

    /// <summary>
    /// The keyed hash of the Zoom user on whose account the meeting is or will be created; null while no account serves it. Fixed once a
    /// creation was sent. It outlives the account's row, so that the meeting is managed again when the same Zoom user reconnects.
    /// </summary>
    public string? ZoomUserKey { get; private set; }

    public long? ZoomMeetingId { get; private set; }

    public string? ZoomUuid { get; private set; }

    public string? JoinUrl { get; private set; }

    public string? Passcode { get; private set; }

    /// <summary>The content that Zoom has, as last known; null before the creation.</summary>
    public MeetingContent? Known { get; private set; }

    /// <summary>
    /// The request whose outcome is not recorded yet. Set before sending, so that after a crash Zoom is searched for its effect.
    /// </summary>
    public MeetingRequestKind? InFlight { get; private set; }

    /// <summary>When the request in flight was sent, by our clock.</summary>
    public DateTimeOffset? InFlightSince { get; private set; }

    /// <summary>The content of the request in flight; null for a deletion.</summary>
    public MeetingContent? InFlightContent { get; private set; }

    /// <summary>The time of the first change that is not in Zoom yet; null if there is none. Changes are sent together.</summary>
    public DateTimeOffset? FirstChangedAt { get; private set; }

    /// <summary>The time of the last change that is not in Zoom yet.</summary>
    public DateTimeOffset? LastChangedAt { get; private set; }

    /// <summary>When the meeting was opened.</summary>
    public DateTimeOffset WantedSince { get; private init; }

    /// <summary>Why the next step waits.</summary>
    public WaitingFor WaitingFor { get; private set; }

    /// <summary>The message of Zoom's last refusal, for the host.</summary>
    public string? LastError { get; private set; }

    /// <summary>Consecutive failures.</summary>
    public int Attempts { get; private set; }

    /// <summary>The UTC day of <see cref="FailedRequests"/>.</summary>
    public DateOnly? FailedOn { get; private set; }

    /// <summary>
    /// The day's counted requests that have not succeeded, including the one in flight. Written in the transaction that takes the request
    /// from the quota. The concurrency token keeps two processes from overwriting each other's count.
    /// </summary>
    public int FailedRequests { get; private set; }

    /// <summary>When the reconciler handles the meeting next; null if there is nothing to do.</summary>
    public DateTimeOffset? NextActionAt { get; private set; }

    /// <summary>The meeting was deleted in Zoom by hand and created again. A second deletion is respected.</summary>
    public bool MadeAnew { get; private set; }

    /// <summary>A webhook or the sweep cast doubt on the known state. Zoom is read before anything else is sent.</summary>
    public bool LookAsked { get; private set; }

    /// <summary>
    /// Creations without an answer that a read did not find. Their meetings, should they appear, are ours and are deleted.
    /// </summary>
    public IReadOnlyList<UnresolvedCreation> LostCreations { get; private set; } = [];

    /// <summary>The host was told that the link is still missing 15 minutes after it was wanted.</summary>
    public bool OverdueTold { get; private set; }

    /// <summary>The concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>The meeting serves the slot, or is to serve it.</summary>
    public bool IsCurrent => State is SlotMeetingState.Wanted or SlotMeetingState.Live;

    /// <summary>The failed requests of a UTC day.</summary>
    public int FailedRequestsOn(DateOnly day) => FailedOn == day ? FailedRequests : 0;

    /// <summary>The slot is over, so no request is sent any more.</summary>
    public bool IsOver(DateTimeOffset now) => End <= now;

    /// <summary>The meeting is in Zoom and not over, so its host can start it.</summary>
    public bool CanBeStarted(DateTimeOffset now) =>
        State is SlotMeetingState.Live && ZoomMeetingId is not null && ZoomUserKey is not null && !IsOver(now);

    /// <summary>A creation was sent and its outcome is not recorded.</summary>
    public bool CreationUnresolved => InFlight is MeetingRequestKind.Create;

    public Slot Slot => new(CalendarId, HostId, Start);

    /// <summary>
    /// Forgets the topic that Zoom knows: it may be a title, of now or of before, that staff gave an appointment whose booker's data are
    /// erased. Only when no update is sent any more, because the content would differ.
    /// </summary>
    public void EraseTopic(DateTimeOffset now)
    {
        if (IsCurrent && !IsOver(now))
        {
            return;
        }

        Known = Known is null ? null : Known with { Topic = "" };
        InFlightContent = InFlightContent is null ? null : InFlightContent with { Topic = "" };
        Version++;
    }

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
