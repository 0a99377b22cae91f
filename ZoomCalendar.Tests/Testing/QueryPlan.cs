using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace ZoomCalendar.Tests.Testing;

/// <summary>How SQLite would go about a statement.</summary>
internal static partial class QueryPlan
{
    /// <summary>Without the scans of what the query itself has found so far.</summary>
    public static IReadOnlyList<string> Of(TestDatabase database, string sql)
    {
        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        using var command = new SqliteCommand($"EXPLAIN QUERY PLAN {sql}", connection);
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1);
        }

        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return [.. lines.Where(line => !line.StartsWith("SCAN ", StringComparison.Ordinal)
            || (line != "SCAN CONSTANT ROW" && !lines.Contains(line.Replace("SCAN", "CO-ROUTINE", StringComparison.Ordinal))))];
    }

    [GeneratedRegex("@[A-Za-z0-9_]+")]
    private static partial Regex Parameter();
}
