using System.Text.Json;
using Npgsql;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// PostgreSQL reads a small table whole whatever its indexes. So whole tables are made too dear to read: what is still read whole has no
/// index that would do. A partial index counts as one: it holds only what it is for, what still waits say.
/// </summary>
internal static class PostgreSqlPlan
{
    private const string TooDear = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

    public static async Task<IReadOnlyList<string>> OfAsync(string connectionString, IEnumerable<SentStatement> statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var settings = new NpgsqlCommand(TooDear, connection))
        {
            await settings.ExecuteNonQueryAsync();
        }

        var partial = new HashSet<string>();
        await using (var indexes = new NpgsqlCommand(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL", connection))
        await using (var reader = await indexes.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                partial.Add(reader.GetString(0).Trim('"'));
            }
        }

        var lines = new List<string>();
        foreach (var (sql, parameters) in statements)
        {
            await using var command = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) {sql}", connection);
            command.Parameters.AddRange(parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone()).ToArray());
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
            lines.AddRange(LinesOf(plan.RootElement[0].GetProperty("Plan"), partial));
        }

        return lines;
    }

    private static IEnumerable<string> LinesOf(JsonElement node, HashSet<string> partial)
    {
        var type = node.GetProperty("Node Type").GetString();
        var table = Text(node, "Relation Name");
        var index = Text(node, "Index Name");
        if (type is "Seq Scan"
            || (type is "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" && Text(node, "Index Cond").Length == 0
                && !partial.Contains(index)))
        {
            yield return $"SCAN {table} {index} {Text(node, "Filter")}";
        }
        else if (index.Length > 0 || table.Length > 0)
        {
            yield return $"SEARCH {table} USING INDEX {index}";
        }

        foreach (var line in node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(
            inner => LinesOf(inner, partial)) : [])
        {
            yield return line;
        }
    }

    private static string Text(JsonElement node, string property) => node.TryGetProperty(property, out var value) ? value.ToString() : "";
}
