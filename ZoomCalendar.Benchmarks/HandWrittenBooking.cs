using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Writes by hand what a booking writes: the same four rows in one transaction on a pooled connection, with the
/// same durability. Optionally it runs the same three queries first (membership, booked times, the slot's meeting) and reads them to the
/// end.
/// </summary>
public sealed class HandWrittenBooking
{
    private const string Members =
        """
        SELECT c.*, m.*, u."Name", u."Hours", u."TimeZone" FROM calendars c
        JOIN calendar_members m ON m."CalendarId" = c."Id" JOIN users u ON u."Id" = m."UserId" WHERE c."Id" = @calendar
        """;

    private const string Taken = """SELECT * FROM taken_times WHERE "UserId" = @host AND "Start" >= @from AND "Start" < @to""";

    private const string Meeting = """SELECT * FROM slot_meetings WHERE "CalendarId" = @calendar AND "HostId" = @host AND "Start" = @start AND "State" IN ('Wanted', 'Live')""";

    private readonly List<Insert> _inserts = [];
    private readonly World _world;
    private readonly string _calendar;
    private string _host = "";

    private HandWrittenBooking(World world, CalendarId calendar) => (_world, _calendar) = (world, calendar.ToString().ToUpperInvariant());

    /// <param name="world">Where to write.</param>
    /// <param name="model">A booking whose rows are copied with other ids and times.</param>
    /// <param name="calendar">The model's calendar.</param>
    public static async Task<HandWrittenBooking> PrepareAsync(World world, AppointmentId model, CalendarId calendar)
    {
        var booking = new HandWrittenBooking(world, calendar);
        await using var connection = new SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        var id = $"'{model.ToString().ToUpperInvariant()}'";
        await booking.AddInsertAsync(connection, "slot_meetings", $"""SELECT * FROM slot_meetings WHERE "Id" = (SELECT "SlotMeetingId" FROM appointments WHERE "Id" = {id})""");
        await booking.AddInsertAsync(connection, "appointments", $"""SELECT * FROM appointments WHERE "Id" = {id}""");
        await booking.AddInsertAsync(connection, "events", $"""SELECT * FROM events WHERE "AppointmentId" = {id} LIMIT 1""");
        await booking.AddInsertAsync(connection, "taken_times", $"""SELECT * FROM taken_times WHERE "AppointmentId" = {id}""");
        booking._host = (string)booking._inserts[3].Values["UserId"];
        return booking;
    }

    public void Run(DateTimeOffset start, bool askFirst)
    {
        using var connection = new SqliteConnection(_world.ConnectionString);
        connection.Open();
        using (var pragmas = new SqliteCommand(
            "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", connection))
        {
            pragmas.ExecuteNonQuery();
        }

        using var transaction = connection.BeginTransaction();
        if (askFirst)
        {
            Read(connection, transaction, Members, ("@calendar", _calendar));
            Read(
                connection,
                transaction,
                Taken,
                ("@host", _host),
                ("@from", start.AddHours(-49).UtcTicks),
                ("@to", start.AddHours(49).UtcTicks));
            Read(connection, transaction, Meeting, ("@calendar", _calendar), ("@host", _host), ("@start", start.UtcTicks));
        }

        var (appointment, meeting) = (NewId(start), NewId(start));
        foreach (var (table, sql, values) in _inserts)
        {
            using var insert = new SqliteCommand(sql, connection, transaction);
            foreach (var (column, value) in values)
            {
                insert.Parameters.AddWithValue($"@{column}", column switch
                {
                    "Id" => table == "slot_meetings" ? meeting : appointment,
                    "AppointmentId" => appointment,
                    "SlotMeetingId" => meeting,
                    "Start" => start.UtcTicks,
                    "End" => start.AddMinutes(30).UtcTicks,
                    _ => value,
                });
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string NewId(DateTimeOffset start) => Guid.CreateVersion7(start).ToString().ToUpperInvariant();

    private static void Read(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using var question = new SqliteCommand(sql, connection, transaction);
        foreach (var (name, value) in parameters)
        {
            question.Parameters.AddWithValue(name, value);
        }

        using var reader = question.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }

    private async Task AddInsertAsync(SqliteConnection connection, string table, string modelRow)
    {
        await using var select = new SqliteCommand(modelRow, connection);
        await using var reader = await select.ExecuteReaderAsync();
        await reader.ReadAsync();
        // The database generates the event ids.
        var values = Enumerable.Range(0, reader.FieldCount).Where(index => table != "events" || reader.GetName(index) != "Id")
            .ToDictionary(reader.GetName, reader.GetValue);
        var sql =
            $"INSERT INTO {table} ({string.Join(", ", values.Keys.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", values.Keys.Select(name => $"@{name}"))})";
        _inserts.Add(new Insert(table, sql, values));
    }

    private sealed record Insert(string Table, string Sql, IReadOnlyDictionary<string, object> Values);
}
