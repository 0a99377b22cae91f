namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The places between which a process may die; tests let it.</summary>
internal enum ReconcilerStep
{
    Claimed,

    /// <summary>The request is counted and written down, not yet committed.</summary>
    Counting,

    /// <summary>Committed; the request is about to leave.</summary>
    Intended,

    /// <summary>Zoom has answered; nothing of it is written down.</summary>
    Answered,

    /// <summary>The outcome is written, not yet committed.</summary>
    Recording,
    Recorded,
}
