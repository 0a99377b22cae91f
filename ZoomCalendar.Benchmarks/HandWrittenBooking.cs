using Microsoft.Data.Sqlite;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// What a booking writes, by hand: the same four rows in one transaction on one open connection, by prepared statements,
/// with the same durability; and if asked, the same two questions before it (who is a member, what is taken), read to the end.
/// </summary>
public sealed class HandWrittenBooking : IAsyncDisposable
{
    private const string Members =
        """
        SELECT c.*, m.*, u."Name", u."Hours", u."TimeZone" FROM calendars c
        JOIN calendar_members m ON m."CalendarId" = c."Id" JOIN users u ON u."Id" = m."UserId" WHERE c."Id" = @calendar
        """;

    private const string Taken = """SELECT * FROM taken_times WHERE "UserId" = @host AND "Start" >= @from AND "Start" < @to""";

    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _inserts = [];
    private readonly List<SqliteCommand> _questions = [];

    private HandWrittenBooking(string connectionString) => _connection = new SqliteConnection(connectionString);

    /// <param name="world">Where to write.</param>
    /// <param name="model">A booking whose rows are written again and again with other ids and times.</param>
    /// <param name="calendar">The model's calendar.</param>
    public static async Task<HandWrittenBooking> PrepareAsync(World world, AppointmentId model, CalendarId calendar)
    {
        var booking = new HandWrittenBooking(world.ConnectionString);
        await booking._connection.OpenAsync();
        await using (var pragmas = new SqliteCommand("PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", booking._connection))
        {
            await pragmas.ExecuteNonQueryAsync();
        }

        var id = $"'{model.ToString().ToUpperInvariant()}'";
        await booking.AddInsertAsync("slot_meetings", $"""SELECT * FROM slot_meetings WHERE "Id" = (SELECT "SlotMeetingId" FROM appointments WHERE "Id" = {id})""");
        await booking.AddInsertAsync("appointments", $"""SELECT * FROM appointments WHERE "Id" = {id}""");
        await booking.AddInsertAsync("events", $"""SELECT * FROM events WHERE "AppointmentId" = {id} LIMIT 1""");
        await booking.AddInsertAsync("taken_times", $"""SELECT * FROM taken_times WHERE "AppointmentId" = {id}""");
        booking.AddQuestion(Members, ("@calendar", calendar.ToString().ToUpperInvariant()));
        booking.AddQuestion(Taken, ("@host", booking._inserts[3].Parameters["@UserId"].Value!), ("@from", 0L), ("@to", 0L));
        return booking;
    }

    public void Run(DateTimeOffset start, bool askFirst)
    {
        var (appointment, meeting) = (Guid.CreateVersion7(start).ToString().ToUpperInvariant(), Guid.CreateVersion7(start).ToString().ToUpperInvariant());
        using var transaction = _connection.BeginTransaction();
        if (askFirst)
        {
            _questions[1].Parameters["@from"].Value = start.AddHours(-49).UtcTicks;
            _questions[1].Parameters["@to"].Value = start.AddHours(49).UtcTicks;
            foreach (var question in _questions)
            {
                question.Transaction = transaction;
                using var reader = question.ExecuteReader();
                var values = new object[reader.FieldCount];
                while (reader.Read())
                {
                    reader.GetValues(values);
                }
            }
        }

        foreach (var insert in _inserts)
        {
            insert.Transaction = transaction;
            Set(insert, "@Id", insert == _inserts[0] ? meeting : insert == _inserts[1] ? appointment : null);
            Set(insert, "@AppointmentId", appointment);
            Set(insert, "@SlotMeetingId", meeting);
            Set(insert, "@Start", start.UtcTicks);
            Set(insert, "@End", start.AddMinutes(30).UtcTicks);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _inserts.Concat(_questions))
        {
            await command.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private static void Set(SqliteCommand command, string name, object? value)
    {
        if (value is not null && command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value;
        }
    }

    private void AddQuestion(string sql, params (string Name, object Value)[] parameters)
    {
        var command = new SqliteCommand(sql, _connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.Prepare();
        _questions.Add(command);
    }

    private async Task AddInsertAsync(string table, string modelRow)
    {
        await using var select = new SqliteCommand(modelRow, _connection);
        await using var reader = await select.ExecuteReaderAsync();
        await reader.ReadAsync();
        // The database numbers events itself.
        var columns = Enumerable.Range(0, reader.FieldCount).Where(index => table != "events" || reader.GetName(index) != "Id").ToList();
        var names = columns.Select(reader.GetName).ToList();
        var insert = new SqliteCommand(
            $"INSERT INTO {table} ({string.Join(", ", names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", names.Select(name => $"@{name}"))})", _connection);
        foreach (var index in columns)
        {
            insert.Parameters.AddWithValue($"@{reader.GetName(index)}", reader.GetValue(index));
        }

        insert.Prepare();
        _inserts.Add(insert);
    }
}
