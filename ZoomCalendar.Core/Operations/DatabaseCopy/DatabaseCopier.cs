namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Carries every row of every table over, in portions that are remembered, and afterwards reads both sides again to compare them.</summary>
internal sealed class DatabaseCopier(DatabaseEndpoint source, DatabaseEndpoint target, Action<CopyProgress> report)
{
    private const int Portion = 2_000;

    private readonly CopyCheckpoint _notes = new(target);
    private long _total;
    private long _done;

    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in CopiedTables.All)
        {
            _total += await source.CountAsync(table.QuotedName, cancellationToken);
        }

        foreach (var table in CopiedTables.All)
        {
            await CopyAsync(table, cancellationToken);
        }

        foreach (var table in CopiedTables.All.Where(table => table.Counter is not null))
        {
            await target.SetCounterAsync(table, await source.CounterAsync(table, cancellationToken), cancellationToken);
        }
    }

    /// <exception cref="DatabaseMoveException">Something differs.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _done = 0;
        var different = new List<string>();
        foreach (var table in CopiedTables.All)
        {
            var there = await SumAsync(source, table, passes: true, cancellationToken);
            var here = await SumAsync(target, table, passes: false, cancellationToken);
            if (!there.Equals(here))
            {
                different.Add($"{table.Name} ({there} there, {here} here)");
            }
        }

        if (different.Count > 0)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.Different,
                $"The copy differs from the source: {string.Join("; ", different)}. The source was used between two attempts, or a database is damaged. Empty the target and begin again; the source is untouched.");
        }
    }

    private async Task CopyAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var rows = await _notes.RowsOfAsync(table, cancellationToken);
        _done += rows;
        var portion = new List<object?[]>(Portion);
        await foreach (var row in source.ReadAsync(table, rows, cancellationToken))
        {
            portion.Add(row);
            if (portion.Count == Portion)
            {
                await WriteAsync();
            }
        }

        if (portion.Count > 0)
        {
            await WriteAsync();
        }

        report(new CopyProgress(CopyPhase.Copying, table.Name, rows, IsTableDone: true, _done, _total));

        async Task WriteAsync()
        {
            rows += portion.Count;
            await target.WriteAsync(table, portion, CopyCheckpoint.Note(table, rows), cancellationToken);
            _done += portion.Count;
            portion.Clear();
            report(new CopyProgress(CopyPhase.Copying, table.Name, rows, IsTableDone: false, _done, _total));
        }
    }

    private async Task<RowChecksum> SumAsync(DatabaseEndpoint end, CopiedTable table, bool passes, CancellationToken cancellationToken)
    {
        var sum = new RowChecksum();
        await foreach (var row in end.ReadAsync(table, 0, cancellationToken))
        {
            sum.Add(row);
            if (passes && ++_done % Portion == 0)
            {
                report(new CopyProgress(CopyPhase.Checking, table.Name, sum.Rows, IsTableDone: false, _done, _total));
            }
        }

        if (passes)
        {
            report(new CopyProgress(CopyPhase.Checking, table.Name, sum.Rows, IsTableDone: true, _done, _total));
        }

        return sum;
    }
}
