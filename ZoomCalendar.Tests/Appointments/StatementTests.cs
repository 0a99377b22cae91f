using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>What a booking costs the database, exactly.</summary>
public abstract class StatementTests(DatabaseProvider provider)
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    [DatabaseTheory]
    [InlineData(CalendarType.Personal, 1, 1, null)]
    [InlineData(CalendarType.ClassBooking, 1, 500, null)]
    [InlineData(CalendarType.Collective, 12, 1, 5)]
    [InlineData(CalendarType.RoundRobin, 12, 3, 5)]
    [InlineData(CalendarType.Event, 0, 100, 50)]
    public async Task A_booking_is_at_most_8_statements_whatever_the_members_and_seats(
        CalendarType type, int members, int seats, int? dayLimit)
    {
        var counter = new StatementCounter();
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(provider, counter));
        var hosts = new List<ZoomCalendar.Core.Ids.UserId>();
        for (var index = 0; index < members; index++)
        {
            hosts.Add(await tenant.UserAsync($"host{index}"));
        }

        var calendar = await tenant.CalendarAsync(type, hosts, new BookingRules { Seats = seats, DayLimit = dayLimit });

        counter.Reset();
        await tenant.BookedAsync(calendar, Ten);
        counter.StatementCount.Should().BeInRange(4, 8);

        counter.Reset();
        await tenant.BookedAsync(calendar, seats > 1 ? Ten : Ten.AddHours(1));
        counter.StatementCount.Should().BeInRange(4, 8);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteStatementTests() : StatementTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlStatementTests() : StatementTests(DatabaseProvider.PostgreSql);
