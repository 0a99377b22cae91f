namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>The phases of a copy.</summary>
public enum CopyPhase
{
    Copying,
    Checking,
}

/// <param name="Phase">Each row is processed twice: copied, then compared.</param>
/// <param name="Table">The current table.</param>
/// <param name="Rows">Rows of this table processed so far.</param>
/// <param name="IsTableDone">True for the last report of this table in this phase.</param>
/// <param name="Done">Rows of all tables processed in this phase.</param>
/// <param name="Total">Rows of all tables in total.</param>
public readonly record struct CopyProgress(CopyPhase Phase, string Table, long Rows, bool IsTableDone, long Done, long Total);
