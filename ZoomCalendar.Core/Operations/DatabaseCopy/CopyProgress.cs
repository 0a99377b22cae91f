namespace ZoomCalendar.Core.Operations.DatabaseCopy;

public enum CopyPhase
{
    Copying,
    Checking,
}

/// <param name="Phase">Each row is passed twice: copied, then compared.</param>
/// <param name="Table">The one at work.</param>
/// <param name="Rows">Of this table, so far.</param>
/// <param name="IsTableDone">The last word on this table in this phase.</param>
/// <param name="Done">Rows of all tables in this phase.</param>
/// <param name="Total">Rows of all tables there are.</param>
public readonly record struct CopyProgress(CopyPhase Phase, string Table, long Rows, bool IsTableDone, long Done, long Total);
