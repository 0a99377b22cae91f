using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Benchmarks.Growth;

/// <summary>
/// The requested number of Zoom accounts with their day's counts, and of slot meetings with an appointment. Twenty of them have
/// something due. The first of each is written by the app; the others are copies of its rows with other ids and times.
/// </summary>
internal sealed class GrowthWorld : IAsyncDisposable
{
    public const int Due = 20;

    public static readonly DateTimeOffset Now = World.Now.AddHours(12);

    private readonly TestDatabase _database;

    private GrowthWorld(TestDatabase database, int size) => (_database, Size) = (database, size);

    public int Size { get; }

    private bool IsSqlite => _database.Provider is DatabaseProvider.Sqlite;

    public static async Task<GrowthWorld> CreateAsync(DatabaseProvider provider, int size)
    {
        var world = new GrowthWorld(await TestDatabase.CreateAsync(provider), size);
        await world.FillAsync();
        return world;
    }

    /// <summary>The key of the account with this number.</summary>
    public static string Key(int number) => $"zc{number}";

    public Task<T> DoAsync<T>(Func<ZoomCalendarContext, Task<T>> work) => _database.ReadAsync(work);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task FillAsync()
    {
        await using var db = _database.CreateDbContext();
        var (subAccount, user) = (new SubAccount(SubAccountId.New(Now), "Studio", "studio", Now), new User
        {
            Id = UserId.New(Now),
            Name = "Host",
            UserName = "host",
        });
        var calendar = new Calendar(
            CalendarId.New(Now), subAccount.Id, "Intro", "intro", CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", Now);
        calendar.AddMember(user.Id, MeetingLocation.Zoom, isPrimaryOwner: true);
        db.AddRange(subAccount, user, new Membership(subAccount.Id, user.Id, Role.User, Now), calendar);
        db.ZoomAccounts.Add(new ZoomAccount { Key = Key(0), ZoomUserId = "u0", LastSweptAt = Now.AddMinutes(-5) });
        db.QuotaDays.Add(new QuotaDay { ZoomUserKey = Key(0), Day = DateOnly.FromDateTime(Now.UtcDateTime) });
        var meeting = Meeting(0);
        meeting.RecordCreated(1, "uuid", "https://zoom.example/j/1", null, null, Now);
        meeting.MarkUpToDate();
        db.SlotMeetings.Add(meeting);
        db.SlotMeetings.AddRange(Enumerable.Range(0, Due).Select(number => Meeting(number, -1)));
        db.Appointments.Add(new Appointment(
            AppointmentId.New(Now), subAccount.Id, new Slot(calendar.Id, user.Id, meeting.Start), meeting.End, Now)
        {
            Title = "Jo Field",
            Booker = new Booker { Name = "Jo Field" },
            SlotMeetingId = meeting.Id,
        });
        await db.SaveChangesAsync();

        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        await ExecuteAsync(connection, IsSqlite ? "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000" : "SET synchronous_commit = off");
        await CopyAsync(connection, "zoom_accounts", "\"Key\" = 'zc0'");
        await CopyAsync(connection, "quota_days", "\"ZoomUserKey\" = 'zc0'");
        await CopyAsync(connection, "slot_meetings", "\"State\" = 'Live'");
        await CopyAsync(connection, "appointments", "TRUE");
        await ExecuteAsync(connection, IsSqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");

        SlotMeeting Meeting(int number, int days = 1)
        {
            var start = Now.AddDays(days < 0 ? 10_000 : days).AddMinutes(number);
            return new SlotMeeting(subAccount.Id, new Slot(calendar.Id, user.Id, start), start.AddMinutes(1), Key(number), Now);
        }
    }

    private async Task CopyAsync(DbConnection connection, string table, string model)
    {
        var columns = await ColumnsAsync(connection, table);
        var values = columns.Select(column => (table, column) switch
        {
            ("zoom_accounts", "Key") or (_, "ZoomUserKey") => "'zc' || i",
            ("zoom_accounts", "ZoomUserId") => "'u' || i",
            (_, "Id") => Id(table == "appointments" ? 2 : 1),
            (_, "SlotMeetingId") => Id(1),
            (_, "Start" or "End") =>
                IsSqlite ? $"m.\"{column}\" + i * {TimeSpan.TicksPerMinute}" : $"m.\"{column}\" + i * interval '1 minute'",
            (_, "ZoomMeetingId") => "i + 1",
            _ => $"m.\"{column}\"",
        });
        var numbers = IsSqlite
            ? $"WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {Size})"
            : $"WITH numbers(i) AS (SELECT generate_series(1, {Size - 1}))";
        var all = string.Join(", ", columns.Select(column => $"\"{column}\""));
        await ExecuteAsync(
            connection,
            $"INSERT INTO {table} ({all}) {numbers} SELECT {string.Join(", ", values)} FROM numbers CROSS JOIN (SELECT * FROM {table} WHERE {model} LIMIT 1) m");
    }

    private string Id(int kind) => IsSqlite
        ? $"printf('%08X-0000-7000-8000-%012X', {kind}, i)"
        : $"('0000000{kind}-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";

    private async Task<List<string>> ColumnsAsync(DbConnection connection, string table)
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

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 1_200;
        await command.ExecuteNonQueryAsync();
    }
}
