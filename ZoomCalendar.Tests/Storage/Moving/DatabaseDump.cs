using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary>
/// What the database's own tool would write into a dump, each table's lines sorted: a hash and a count for each. Nothing of it is ours:
/// <c>quote()</c> and the schema on SQLite, <c>pg_dump</c> on PostgreSQL.
/// </summary>
internal static class DatabaseDump
{
    public static async Task<Dictionary<string, string>> OfAsync(DatabaseOptions database)
    {
        var lines = database.Provider is DatabaseProvider.Sqlite
            ? await OfSqliteAsync(database.ConnectionString)
            : await OfPostgreSqlAsync(database.ConnectionString);
        return lines.ToDictionary(
            table => table.Key,
            table =>
            {
                table.Value.Sort();
                return $"{table.Value.Count} lines {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(table.Value))))}";
            });
    }

    private static UInt128 Hash(string line) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    private static async Task<Dictionary<string, List<UInt128>>> OfSqliteAsync(string connectionString)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        var lines = new Dictionary<string, List<UInt128>>
        {
            ["schema"] = await LinesAsync(
            connection, Hash, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        };
        foreach (var table in await LinesAsync(connection, name => name, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            var columns = await LinesAsync(connection, name => name, $"SELECT name FROM pragma_table_info('{table}')");
            lines[table] = await LinesAsync(
                connection,
                Hash,
                $"SELECT {string.Join(" || ',' || ", columns.Select(column => $"quote(\"{column}\")"))} FROM \"{table}\"");
        }

        return lines;
    }

    private static async Task<List<T>> LinesAsync<T>(SqliteConnection connection, Func<string, T> keep, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<T>();
        while (await reader.ReadAsync())
        {
            lines.Add(keep(reader.GetString(0)));
        }

        return lines;
    }

    private static async Task<Dictionary<string, List<UInt128>>> OfPostgreSqlAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var dump = await Programs.RunAsync(
            Path.Combine(PostgreSqlBinaries.Folder, "pg_dump"),
            "/",
            "",
            "-h",
            server.Host!,
            "-p",
            $"{server.Port}",
            "-U",
            server.Username!,
            server.Database!);
        var (lines, table) = (new Dictionary<string, List<UInt128>> { ["schema"] = [] }, "schema");
        foreach (var line in dump.Split('\n').Where(
            line => !line.StartsWith("\\restrict", StringComparison.Ordinal) && !line.StartsWith("\\unrestrict", StringComparison.Ordinal)))
        {
            table = line.StartsWith("COPY ", StringComparison.Ordinal) ? line : line == "\\." ? "schema" : table;
            if (!lines.TryGetValue(table, out var known))
            {
                lines[table] = known = [];
            }

            known.Add(Hash(line));
        }

        return lines;
    }
}
