namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Copies every row of every table in batches, with a checkpoint after each batch. Afterwards it reads both databases again and compares
/// them.
/// </summary>
internal sealed class DatabaseCopier(DatabaseEndpoint source, DatabaseEndpoint target, Action<CopyProgress> report)
{
    private const int BatchSize = 2_000;

    private readonly CopyCheckpoint _checkpoint = new(target);
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

    /// <exception cref="DatabaseMoveException">The target differs from the source.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _done = 0;
        var different = new List<string>();
        foreach (var table in CopiedTables.All)
        {
            var expected = await ChecksumAsync(source, table, passes: true, cancellationToken);
            var actual = await ChecksumAsync(target, table, passes: false, cancellationToken);
            if (!expected.Equals(actual))
            {
                different.Add($"{table.Name} ({expected} there, {actual} here)");
            }
        }

        if (different.Count > 0)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.Different,
                $"The copy differs from the source: {string.Join("; ", different)}. "
                    + "The source was used between two attempts, or a database is damaged. Empty the target and begin again; "
                    + "the source is untouched.");
        }
    }

    private async Task CopyAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var rows = await _checkpoint.RowsOfAsync(table, cancellationToken);
        _done += rows;
        var batch = new List<object?[]>(BatchSize);
        await foreach (var row in source.ReadAsync(table, rows, cancellationToken))
        {
            batch.Add(row);
            if (batch.Count == BatchSize)
            {
                await WriteAsync();
            }
        }

        if (batch.Count > 0)
        {
            await WriteAsync();
        }

        report(new CopyProgress(CopyPhase.Copying, table.Name, rows, IsTableDone: true, _done, _total));

        async Task WriteAsync()
        {
            rows += batch.Count;
            await target.WriteAsync(table, batch, CopyCheckpoint.SaveStatement(table, rows), cancellationToken);
            _done += batch.Count;
            batch.Clear();
            report(new CopyProgress(CopyPhase.Copying, table.Name, rows, IsTableDone: false, _done, _total));
        }
    }

    private async Task<RowChecksum> ChecksumAsync(
        DatabaseEndpoint endpoint, CopiedTable table, bool passes, CancellationToken cancellationToken)
    {
        var sum = new RowChecksum();
        await foreach (var row in endpoint.ReadAsync(table, 0, cancellationToken))
        {
            sum.Add(row);
            if (passes && ++_done % BatchSize == 0)
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
