using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// How many rows a statement touches, with what it was sent. No time is measured: the figures are the same on every machine.
/// </summary>
/// <param name="Sql">The statement.</param>
/// <param name="Rows">
/// On PostgreSQL the rows that the scans of <c>EXPLAIN ANALYZE</c> read, those that a filter removed included. On SQLite the steps of its
/// virtual machine, divided by the ten or so that a row takes.
/// </param>
internal sealed record RowsRead(string Sql, long Rows)
{
    private const int StepsOfARow = 10;

    // SQLITE_STMTSTATUS_VM_STEP: https://www.sqlite.org/c3ref/c_stmtstatus_counter.html
    private const int VirtualMachineSteps = 4;

    /// <returns>Each SELECT that was sent.</returns>
    public static async Task<IReadOnlyList<RowsRead>> OfAsync(TestDatabase database, IEnumerable<SentStatement> sent)
    {
        // What writes cannot be repeated. QueryPlanTests looks at it.
        var queries = sent.Where(command => command.Sql.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        return database.Provider is DatabaseProvider.PostgreSql
            ? await OnPostgreSqlAsync(database.ConnectionString, queries)
            : [.. queries.Select(query => new RowsRead(query.Sql, StepsOnSqlite(database, query) / StepsOfARow))];
    }

    private static long StepsOnSqlite(TestDatabase database, SentStatement query)
    {
        using var connection = new SqliteConnection(database.ConnectionString + ";Pooling=False");
        connection.Open();
        var prepared = raw.sqlite3_prepare_v2(connection.Handle, query.Sql, out var statement);
        using (statement)
        {
            prepared.Should().Be(raw.SQLITE_OK, "it was sent before: {0}", query.Sql);
            foreach (var parameter in query.Parameters.Cast<SqliteParameter>())
            {
                Bind(statement, raw.sqlite3_bind_parameter_index(statement, parameter.ParameterName), parameter.Value);
            }

            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
            }

            return raw.sqlite3_stmt_status(statement, VirtualMachineSteps, 0);
        }
    }

    // As Microsoft.Data.Sqlite does it.
    private static void Bind(sqlite3_stmt statement, int index, object? value) => _ = value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, index),
        Guid id => raw.sqlite3_bind_text(statement, index, id.ToString().ToUpperInvariant()),
        string text => raw.sqlite3_bind_text(statement, index, text),
        bool or int or long => raw.sqlite3_bind_int64(statement, index, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{value.GetType()} is not bound yet."),
    };

    private static async Task<IReadOnlyList<RowsRead>> OnPostgreSqlAsync(string connectionString, List<SentStatement> queries)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var found = new List<RowsRead>();
        foreach (var (sql, parameters) in queries)
        {
            await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", connection);
            command.Parameters.AddRange(parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone()).ToArray());
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
            found.Add(new RowsRead(sql, (long)RowsOf(plan.RootElement[0].GetProperty("Plan"))));
        }

        return found;
    }

    private static double RowsOf(JsonElement node)
    {
        // A bitmap's index scan has no table: its rows are counted when they are read from it.
        var own = node.TryGetProperty("Relation Name", out _)
            ? (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck"))
                * Number(node, "Actual Loops")
            : 0;
        return own + (node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().Sum(RowsOf) : 0);
    }

    private static double Number(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) ? value.GetDouble() : 0;
}
