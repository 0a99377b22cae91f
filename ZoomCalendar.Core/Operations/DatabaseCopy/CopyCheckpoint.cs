using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>How far a copy is, kept in the target until it is whole: a table of ours beside the model's.</summary>
internal sealed class CopyCheckpoint(DatabaseEndpoint target)
{
    public const string Table = UnfinishedCopyCheck.Table;

    /// <summary>The installation that is being copied; null: no copy is under way.</summary>
    public async Task<string?> SourceAsync(CancellationToken cancellationToken) =>
        (await target.TableNamesAsync(cancellationToken)).Contains(Table)
            ? await target.ScalarAsync($"""SELECT "Source" FROM {Table} WHERE "Name" = ''""", cancellationToken) as string ?? ""
            : null;

    public async Task BeginAsync(string source, CancellationToken cancellationToken)
    {
        await target.ExecuteAsync($"""CREATE TABLE IF NOT EXISTS {Table} ("Name" varchar(100) PRIMARY KEY, "Source" varchar(20) NOT NULL, "Rows" bigint NOT NULL)""", cancellationToken);
        await target.ExecuteAsync($"""INSERT INTO {Table} ("Name", "Source", "Rows") VALUES ('', '{source}', 0) ON CONFLICT ("Name") DO NOTHING""", cancellationToken);
    }

    public async Task<long> RowsOfAsync(CopiedTable table, CancellationToken cancellationToken) =>
        await target.NumberAsync($"""SELECT "Rows" FROM {Table} WHERE "Name" = '{table.Name}'""", cancellationToken) ?? 0;

    public static string Note(CopiedTable table, long rows) =>
        $"""INSERT INTO {Table} ("Name", "Source", "Rows") VALUES ('{table.Name}', '', {rows}) ON CONFLICT ("Name") DO UPDATE SET "Rows" = excluded."Rows" """;

    public Task EndAsync(CancellationToken cancellationToken) => target.ExecuteAsync($"DROP TABLE {Table}", cancellationToken);
}
