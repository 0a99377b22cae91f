using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// The progress of a copy, stored in a table of the target that is not part of the model. It is dropped when the copy is complete.
/// </summary>
internal sealed class CopyCheckpoint(DatabaseEndpoint target)
{
    public const string Table = UnfinishedCopyCheck.Table;

    /// <summary>The id of the installation that is being copied. Null: no copy is in progress.</summary>
    public async Task<string?> SourceAsync(CancellationToken cancellationToken) =>
        (await target.TableNamesAsync(cancellationToken)).Contains(Table)
            ? await target.ScalarAsync($"""SELECT "Source" FROM {Table} WHERE "Name" = ''""", cancellationToken) as string ?? ""
            : null;

    public async Task BeginAsync(string source, CancellationToken cancellationToken)
    {
        await target.ExecuteAsync(
            $"""
             CREATE TABLE IF NOT EXISTS {Table} ("Name" varchar(100) PRIMARY KEY, "Source" varchar(20) NOT NULL, "Rows" bigint NOT NULL)
             """,
            cancellationToken);
        await target.ExecuteAsync(
            $"""INSERT INTO {Table} ("Name", "Source", "Rows") VALUES ('', '{source}', 0) ON CONFLICT ("Name") DO NOTHING""",
            cancellationToken);
    }

    public async Task<long> RowsOfAsync(CopiedTable table, CancellationToken cancellationToken) =>
        await target.NumberAsync($"""SELECT "Rows" FROM {Table} WHERE "Name" = '{table.Name}'""", cancellationToken) ?? 0;

    public static string SaveStatement(CopiedTable table, long rows) =>
        $"""INSERT INTO {Table} ("Name", "Source", "Rows") VALUES ('{table.Name}', '', {rows}) ON CONFLICT ("Name") DO UPDATE SET "Rows" = excluded."Rows" """;

    public Task EndAsync(CancellationToken cancellationToken) => target.ExecuteAsync($"DROP TABLE {Table}", cancellationToken);
}
