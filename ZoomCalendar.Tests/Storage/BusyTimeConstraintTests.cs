using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>What the database refuses by itself, were a rule or a lock ever wrong: rows are written here past both.</summary>
public abstract class BusyTimeConstraintTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private UserId _ben;
    private CalendarId _calendar;
    private CalendarId _other;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 2 });
        _other = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Overlapping_busy_times_of_two_slots_are_refused()
    {
        await InsertAsync(_calendar, Ten);

        await ShouldBeTakenAsync(() => InsertAsync(_calendar, Ten.AddMinutes(15)));
        await ShouldBeTakenAsync(() => InsertAsync(_other, Ten));
        await ShouldBeTakenAsync(() => InsertAsync(_other, Ten.AddMinutes(-15)));
    }

    [DatabaseFact]
    public async Task Adjacent_busy_times_seats_of_one_slot_and_double_bookings_are_allowed()
    {
        await InsertAsync(_calendar, Ten);

        await InsertAsync(_calendar, Ten);
        await InsertAsync(_calendar, Ten.AddMinutes(30));
        await InsertAsync(_other, Ten.AddMinutes(-30));
        await InsertAsync(_other, Ten.AddMinutes(15), doubleBook: true);
    }

    [DatabaseFact]
    public async Task A_slot_has_no_more_busy_times_than_seats_except_double_bookings()
    {
        await InsertAsync(_calendar, Ten);
        await InsertAsync(_calendar, Ten);

        await ShouldBeTakenAsync(() => InsertAsync(_calendar, Ten));
        await InsertAsync(_calendar, Ten, doubleBook: true);
    }

    [DatabaseFact]
    public async Task A_busy_time_cannot_be_extended_into_another()
    {
        var id = await _tenant.BookedAsync(_calendar, Ten);
        await InsertAsync(_other, Ten.AddMinutes(30));

        await using var db = _tenant.Database.CreateDbContext();
        await ShouldBeTakenAsync(() => HostBusyTimes.ChangeEndAsync(db, id, Ten.AddMinutes(31), CancellationToken.None));
    }

    [DatabaseFact]
    public async Task A_violation_found_only_by_the_database_is_reported_as_taken()
    {
        var meddler = new Meddler();
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(provider, meddler));
        var ben = await tenant.UserAsync("ben");
        var (one, other) = (await tenant.CalendarAsync(
            CalendarType.Personal, [ben]), await tenant.CalendarAsync(CalendarType.Personal, [ben]));
        await tenant.BookedAsync(other, Ten.AddHours(3));
        meddler.Meddles = true;

        var outcome = await tenant.BookAsync(one, Ten);

        outcome.Refusal.Should().Be(Refusal.Taken);
        outcome.Nearest.Should().NotBeEmpty();
        (await tenant.EventsAsync()).Should().HaveCount(1);
    }

    private async Task InsertAsync(CalendarId calendar, DateTimeOffset start, bool doubleBook = false)
    {
        var appointment = new Appointment(
            AppointmentId.New(start), _tenant.SubAccount, new Slot(calendar, _ben, start), start.AddMinutes(30), start)
        {
            Title = "Past the rules",
            Booker = new Booker { Name = "Jo" },
            DoubleBook = doubleBook,
        };
        await using var db = _tenant.Database.CreateDbContext();
        db.Appointments.Add(appointment);
        await db.SaveChangesAsync();
        await new BulkInsert(db).Add(HostBusyTimes.Of(appointment, [])).WriteAsync(CancellationToken.None);
    }

    private static async Task ShouldBeTakenAsync(Func<Task> write) =>
        DatabaseErrors.IsExclusionViolation((await write.Should().ThrowAsync<Exception>()).Which).Should().BeTrue();

    /// <summary>Once the rules were asked, it moves all claims to the time of the one that is being written.</summary>
    private sealed class Meddler : DbCommandInterceptor
    {
        public bool Meddles { get; set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Meddles && command.CommandText.Contains("INSERT INTO taken_times", StringComparison.Ordinal))
            {
                var insert = Regex.Match(command.CommandText, @"INSERT INTO taken_times \((?<columns>[^)]+)\) VALUES \((?<values>[^)]+)\)");
                var columns = insert.Groups["columns"].Value.Split(',');
                var values = insert.Groups["values"].Value.Split(',');
                string ValueOf(string column) => values[Array.IndexOf(columns, $"\"{column}\"")];
                command.CommandText = $"""UPDATE taken_times SET "Start" = {ValueOf("Start")}, "End" = {ValueOf("End")};""" + command.CommandText;
            }

            return ValueTask.FromResult(result);
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteBusyTimeConstraintTests() : BusyTimeConstraintTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlBusyTimeConstraintTests() : BusyTimeConstraintTests(DatabaseProvider.PostgreSql);
