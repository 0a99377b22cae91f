namespace ZoomCalendar.Core.Meetings;

/// <summary>The state of a slot meeting. Stored as text.</summary>
public enum SlotMeetingState
{
    /// <summary>Appointments need a link, and there is no meeting yet.</summary>
    Wanted,

    /// <summary>The meeting exists and its link is on the slot's appointments.</summary>
    Live,

    /// <summary>No appointment uses the meeting. Whatever exists in Zoom is still to be deleted.</summary>
    Unwanted,

    /// <summary>The meeting is gone for good. A dropped link never comes back.</summary>
    Dropped,

    /// <summary>The slot was over before a link could be created.</summary>
    Missed,
}

/// <summary>Why a slot meeting waits. Stored as text; <see cref="LinkDescriber"/> says it in sentences.</summary>
public enum WaitingFor
{
    /// <summary>The meeting does not wait.</summary>
    Nothing,

    /// <summary>The day's requests are used up or kept for meetings that start sooner. Continues after 00:00 UTC.</summary>
    Quota,

    /// <summary>The host has no Zoom connection in this sub-account.</summary>
    Connection,

    /// <summary>The connection exists, but Zoom does not accept its tokens any more.</summary>
    Reconnection,

    /// <summary>The Zoom account's admin has withdrawn the app's approval.</summary>
    Approval,

    /// <summary>Zoom does not answer or reports an error. Tried again with growing pauses.</summary>
    ZoomDown,

    /// <summary>Zoom asks for fewer requests per second.</summary>
    RateLimit,

    /// <summary>The Zoom user may not host or schedule meetings.</summary>
    HostPermission,

    /// <summary>Zoom refused the request as invalid. The same request would be refused again.</summary>
    Refused,

    /// <summary>The meeting was deleted in Zoom by hand twice. It is created again only when staff ask.</summary>
    Staff,
}

/// <summary>Groups of reasons for waiting.</summary>
public static class WaitingForExtensions
{
    extension(WaitingFor reason)
    {
        /// <summary>The cause is on Zoom's side: errors, no answer, or a rate limit.</summary>
        public bool IsZoomProblem => reason is WaitingFor.ZoomDown or WaitingFor.RateLimit;

        /// <summary>The request is repeated later without anybody's action.</summary>
        public bool IsTemporary => reason.IsZoomProblem || reason is WaitingFor.Quota;
    }
}

/// <summary>A request that Zoom counts against the daily quota. Stored as text.</summary>
public enum MeetingRequestKind
{
    Create,
    Update,
    Delete,
}
