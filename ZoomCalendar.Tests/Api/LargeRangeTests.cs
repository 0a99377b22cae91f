using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>A list of appointments is bounded: a program that asks for all of a long range is told how to get it.</summary>
public sealed class LargeRangeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Many = 5_000;

    [Fact]
    public async Task A_range_with_more_than_5000_appointments_is_refused_with_the_ways_to_get_it()
    {
        var calendar = await host.NewCalendarAsync();
        var first = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var start = DateTimeOffset.Parse(
            first.Body.GetProperty("startTime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        await CopyAsync(calendar, start);
        string Range(int minutes) => $"/calendars/events?locationId={host.LocationId}&calendarId={calendar}"
            + $"&startTime={start.AddMinutes(-1).ToUnixTimeMilliseconds()}&endTime={start.AddMinutes(minutes).ToUnixTimeMilliseconds()}";

        var tooMany = await host.Api.GetAsync(Range(Many + 10));
        var all = await host.Api.GetAsync(Range(1));
        var page = await host.Api.GetAsync(Range(Many + 10) + "&limit=500");

        tooMany.Status.Should().Be(422);
        tooMany.Body.GetProperty("message").ToString().Should().Contain("more than 5000 appointments").And.Contain("limit (1 to 500)");
        all.Body.GetProperty("events").GetArrayLength().Should().Be(1);
        page.Body.GetProperty("events").GetArrayLength().Should().Be(500);
        page.Body.GetProperty("nextCursor").GetString().Should().NotBeEmpty();
    }

    private async Task CopyAsync(string calendar, DateTimeOffset start)
    {
        var contexts = host.App.Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>();
        await using var db = await contexts.CreateDbContextAsync();
        var copies = await RowCopies.OpenAsync(db);
        await copies.CopyAsync("appointments", $"\"CalendarId\" = '{calendar.ToUpperInvariant()}'", Many, new Dictionary<string, string>
        {
            ["Id"] = copies.Id(9),
            ["Start"] = copies.Instant(start, "(i + 2) * 60"),
            ["End"] = copies.Instant(start, "(i + 2) * 60 + 1800"),
            ["SubmitId"] = "",
            ["SlotMeetingId"] = "",
        });
    }
}
