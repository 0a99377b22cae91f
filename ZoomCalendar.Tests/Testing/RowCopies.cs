using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Fills a table with copies of one of its rows. In SQL, the copy's number is <c>i</c> and the copied row <c>m</c>.</summary>
internal sealed class RowCopies(DatabaseProvider provider, DbConnection connection)
{
    private bool IsSqlite => provider is DatabaseProvider.Sqlite;

    public static async Task<RowCopies> OpenAsync(ZoomCalendarContext db)
    {
        await db.Database.OpenConnectionAsync();
        var provider = db.Database.IsNpgsql() ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;
        var copies = new RowCopies(provider, db.Database.GetDbConnection());
        await copies.ExecuteAsync(copies.IsSqlite
            ? "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000"
            : "SET synchronous_commit = off");
        return copies;
    }

    /// <summary>A typed id for each copy. Ids of different kinds differ.</summary>
    public string Id(int kind, string number = "i") => IsSqlite
        ? $"printf('%08X-0000-7000-8000-%012X', {kind}, {number})"
        : $"('0000000{kind}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid";

    /// <summary>An instant before or after a constant one by this number of seconds.</summary>
    public string Instant(DateTimeOffset from, string seconds) => IsSqlite
        ? $"{from.UtcTicks} + ({seconds}) * {TimeSpan.TicksPerSecond}"
        : $"'{from:O}'::timestamptz + ({seconds}) * interval '1 second'";

    /// <param name="table">The table.</param>
    /// <param name="model">The condition that finds the copied row.</param>
    /// <param name="count">The number of copies.</param>
    /// <param name="values">The columns that differ, with their SQL. A column without an entry is copied.</param>
    /// <param name="join">A join whose columns the values use.</param>
    public async Task CopyAsync(string table, string model, int count, IReadOnlyDictionary<string, string> values, string join = "")
    {
        var columns = await ColumnsAsync(table);
        columns.RemoveAll(column => values.TryGetValue(column, out var value) && value.Length == 0);
        var all = string.Join(", ", columns.Select(column => $"\"{column}\""));
        var selected = string.Join(", ", columns.Select(column => values.GetValueOrDefault(column, $"m.\"{column}\"")));
        var numbers = IsSqlite
            ? $"WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {count})"
            : $"WITH numbers(i) AS (SELECT generate_series(0, {count - 1}))";
        await ExecuteAsync(
            $"INSERT INTO {table} ({all}) {numbers} SELECT {selected} FROM numbers "
                + $"CROSS JOIN (SELECT * FROM {table} WHERE {model} LIMIT 1) m {join}");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 1_200;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The server knows how large the tables are, and the log is written back.</summary>
    public Task SettleAsync() => ExecuteAsync(IsSqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");

    private async Task<List<string>> ColumnsAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = IsSqlite
            ? $"SELECT name FROM pragma_table_info('{table}')"
            : $"SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }
}
