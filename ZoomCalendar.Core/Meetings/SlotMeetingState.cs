namespace ZoomCalendar.Core.Meetings;

public enum SlotMeetingState
{
    /// <summary>Appointments want a link; there is no meeting yet.</summary>
    Wanted,

    /// <summary>The meeting exists and its link is on the slot's appointments.</summary>
    Live,

    /// <summary>Nobody wants it any more; what may exist in Zoom is still to be deleted.</summary>
    Unwanted,

    /// <summary>Over and done with. A dropped link never comes back.</summary>
    Dropped,

    /// <summary>The slot was over before a link could be made.</summary>
    Missed,
}

/// <summary>Why a slot meeting has to wait, for the user to read in words.</summary>
public enum WaitingFor
{
    Nothing,

    /// <summary>The day's requests are used up or kept for meetings that start sooner; goes on at 00:00 UTC.</summary>
    Quota,

    /// <summary>The host has no Zoom connection in this sub-account.</summary>
    Connection,

    /// <summary>The connection exists, but Zoom no longer accepts its tokens.</summary>
    Reconnection,

    /// <summary>The Zoom account's admin has withdrawn the app's approval.</summary>
    Approval,

    /// <summary>Zoom does not answer or fails; tried again with growing pauses.</summary>
    ZoomDown,

    RateLimit,

    /// <summary>The Zoom user may not host or schedule meetings.</summary>
    HostPermission,

    /// <summary>Zoom refused the request as invalid; repeating it would not help.</summary>
    Refused,

    /// <summary>Deleted in Zoom by hand for the second time; made again only when staff ask for it.</summary>
    Staff,
}

public static class WaitingForExtensions
{
    extension(WaitingFor reason)
    {
        /// <summary>Zoom itself has difficulties: it fails, does not answer or asks for fewer requests.</summary>
        public bool IsZoomProblem => reason is WaitingFor.ZoomDown or WaitingFor.RateLimit;

        /// <summary>Nobody has to do anything: the request is repeated later.</summary>
        public bool IsTemporary => reason.IsZoomProblem || reason is WaitingFor.Quota;
    }
}

public enum MeetingRequestKind
{
    Create,
    Update,
    Delete,
}
