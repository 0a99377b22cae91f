using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>The last bookable day of a calendar in Chicago, seen from Tokyo, where it is the first day of the next month.</summary>
public sealed class LastDayTests : IAsyncLifetime
{
    // Monday 30 March 2026, 07:00 in Chicago and 21:00 in Tokyo.
    private static readonly DateTimeOffset Now = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    private AppHost _app = null!;

    public async Task InitializeAsync()
    {
        _app = await AppHost.StartAsync(builder => builder.ConfigureServices(
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ShiftedTime(Now)))));
        await using var db = await _app.OpenDatabaseAsync();
        var calendar = await db.Calendars.SingleAsync(row => row.Slug == "southside-intro");
        calendar.TimeZone = "America/Chicago";
        calendar.Hours = AvailabilityJson.Serialize(new Availability("America/Chicago", WeeklyHours.EveryDay("22:00-23:00")));
        calendar.Rules = new BookingRules { HorizonDays = 1 };
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task The_last_day_is_reachable_when_it_is_in_another_month_for_the_visitor()
    {
        using var visitor = new PublicVisitor(_app);

        var march = await visitor.Client.GetStringAsync("/book/southside/southside-intro?zone=Asia/Tokyo&month=2026-03");
        var april = await visitor.Client.GetStringAsync("/book/southside/southside-intro?zone=Asia/Tokyo&month=2026-04");

        march.Should().Contain("month=2026-04");
        april.Should().Contain("Wednesday 1 April 2026").And.NotContain("month=2026-05");
        (await visitor.Client.GetStringAsync("/book/southside/southside-intro?at=2026-04-01T03:30:00Z&zone=Asia/Tokyo")).Should()
            .NotContain("not free any more");
    }
}
