using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>The cost of a booking and of a listing does not grow with the past: whatever is asked, SQLite finds by an index.</summary>
public sealed class QueryPlanTests
{
    private static readonly DateTimeOffset Ten = Studio.Monday.AddHours(2);

    [Theory]
    [InlineData(CalendarType.RoundRobin, 5)]
    [InlineData(CalendarType.Collective, null)]
    [InlineData(CalendarType.Event, 5)]
    public async Task No_table_is_read_from_end_to_end(CalendarType type, int? dayLimit)
    {
        var counter = new StatementCounter();
        await using var studio = await Studio.CreateAsync(await TestDatabase.CreateAsync(counter));
        List<UserId> hosts = type is CalendarType.Event ? [] : [await studio.UserAsync("ben"), await studio.UserAsync("cleo")];
        var calendar = await studio.CalendarAsync(type, hosts, new BookingRules { DayLimit = dayLimit });

        counter.Reset();
        await studio.BookedAsync(calendar, Ten);
        await studio.FreeSlots.FindAsync(calendar, Ten, Ten.AddDays(30), null, studio.AsAdmin, studio.Now, CancellationToken.None);

        var plans = counter.Statements.Where(sql => !sql.StartsWith("PRAGMA", StringComparison.Ordinal)).SelectMany(sql => QueryPlan.Of(studio.Database, sql)).ToList();
        plans.Should().Contain(line => line.StartsWith("SEARCH taken_times", StringComparison.Ordinal));
        plans.Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
