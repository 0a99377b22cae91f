using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>How the database would go about a statement.</summary>
internal static partial class QueryPlan
{
    private static readonly string[] Explained = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

    /// <returns>A line for each access: "SEARCH" by an index's beginning, "SCAN" from end to end.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(TestDatabase database, params IEnumerable<SentStatement> sent)
    {
        var statements = sent.SelectMany(Each)
            .Where(statement => Explained.Any(word => statement.Sql.StartsWith(word, StringComparison.Ordinal)));
        return database.Provider is DatabaseProvider.PostgreSql
            ? await PostgreSqlPlan.OfAsync(database.ConnectionString, statements)
            : [.. statements.SelectMany(statement => OnSqlite(database.ConnectionString, statement.Sql))];
    }

    // What is saved in one go is several statements.
    private static IEnumerable<SentStatement> Each(SentStatement sent) =>
        sent.Sql.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(sql => sent with { Sql = sql });

    /// <summary>Tables by their names, not by the query's; without the scans of what the query itself has found so far, or holds.</summary>
    private static IEnumerable<string> OnSqlite(string connectionString, string sql)
    {
        using var connection = new SqliteConnection(connectionString);
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

        var tables = Alias().Matches(sql).ToLookup(match => match.Groups["alias"].Value, match => match.Groups["table"].Value);
        return lines
            .Where(line => !line.EndsWith("CONSTANT ROW", StringComparison.Ordinal)
                && !line.EndsWith("VALUES CLAUSE", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("SCAN ", StringComparison.Ordinal)
                || !lines.Contains(line.Replace("SCAN", "CO-ROUTINE", StringComparison.Ordinal)))
            .Select(line => line.Split(' ', 3))
            .Select(words => words is [var how, var alias, ..]
                && tables[alias].FirstOrDefault() is { } table ? string.Join(' ', [how, table, .. words[2..]]) : string.Join(' ', words));
    }

    [GeneratedRegex("\"(?<table>\\w+)\" AS \"(?<alias>\\w+)\"")]
    private static partial Regex Alias();

    [GeneratedRegex("@[A-Za-z0-9_]+")]
    private static partial Regex Parameter();
}
