namespace ZoomCalendar.Core.Reconciliation;

/// <summary>The steps between which a process may crash. Tests simulate it.</summary>
internal enum ReconcilerStep
{
    Claimed,

    /// <summary>The request is counted and its intent written, but not committed.</summary>
    Counting,

    /// <summary>The intent is committed. The request is sent next.</summary>
    Intended,

    /// <summary>Zoom has answered. Nothing is recorded yet.</summary>
    Answered,

    /// <summary>The outcome is written, but not committed.</summary>
    Recording,
    Recorded,
}
