using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Creates many appointments at once: one is booked by the app, the others are copies of its rows with other ids, hosts and times.
/// </summary>
internal sealed class Seeding(World world)
{
    private static readonly long HalfHour = TimeSpan.FromMinutes(30).Ticks;

    /// <summary>Back to back from <paramref name="first"/> on, half an hour each, on the round robin calendar.</summary>
    public async Task AddAsync(int count, DateTimeOffset first, bool hostsInTurn)
    {
        if (count == 0)
        {
            return;
        }

        var outcome = await world.Book.BookAsync(
            new BookRequest
            {
                CalendarId = world.RoundRobin,
                Start = World.Now.AddDays(first < World.Now ? 700 : 701),
                HostId = world.Hosts[0],
                Booker = new Booker { Name = "Jo Field" },
            },
            world.Admin,
            World.Now,
            CancellationToken.None);
        await using var connection = new SqliteConnection($"{world.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        // The triggers would check each of a million rows. They are restored below.
        var triggers = await TextsAsync(connection, "SELECT sql FROM sqlite_master WHERE type = 'trigger'");
        foreach (var name in await TextsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        {
            await ExecuteAsync(connection, $"DROP TRIGGER {name}");
        }

        await ExecuteAsync(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
        await ExecuteAsync(connection, Hosts());
        foreach (var table in new[] { "appointments", "taken_times" })
        {
            await ExecuteAsync(connection, await CopyAsync(connection, table, outcome.AppointmentId!.Value, count, first, hostsInTurn));
        }

        await ExecuteAsync(connection, "DROP TABLE temp.hosts; COMMIT");
        foreach (var trigger in triggers)
        {
            await ExecuteAsync(connection, trigger);
        }
    }

    private string Hosts() =>
        $"CREATE TEMP TABLE hosts AS {string.Join(" UNION ALL ", world.Hosts.Select((host, index) => $"SELECT {index} AS n, '{host.ToString().ToUpperInvariant()}' AS id"))}";

    private async Task<string> CopyAsync(
        SqliteConnection connection, string table, AppointmentId model, int count, DateTimeOffset first, bool hostsInTurn)
    {
        var columns = await TextsAsync(connection, $"SELECT name FROM pragma_table_info('{table}')");
        var hosts = hostsInTurn ? world.Hosts.Count : 1;
        var start = $"{first.UtcTicks} + (i / {hosts}) * {HalfHour}";
        var id = $"printf('%08X-0000-7000-8000-%012X', {(first < World.Now ? 1 : 2)}, i)";
        var values = columns.Select(column => column switch
        {
            "Id" or "AppointmentId" => id,
            "HostId" or "UserId" => "h.id",
            "Start" => start,
            "End" => $"{start} + {HalfHour}",
            "SlotMeetingId" => "NULL",
            _ => $"m.\"{column}\"",
        });
        var key = table == "appointments" ? "Id" : "AppointmentId";
        return $"""
            WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {count})
            INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", values)}
            FROM numbers CROSS JOIN {table} m CROSS JOIN temp.hosts h
            WHERE m."{key}" = '{model.ToString().ToUpperInvariant()}' AND h.n = i % {hosts}
            """;
    }

    private static async Task<List<string>> TextsAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
