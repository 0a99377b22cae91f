using System.Globalization;
using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

/// <summary>One PUT is one transaction: everything that it says, or nothing.</summary>
public sealed class AppointmentChangeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/calendars/events/appointments";

    [Fact]
    public async Task A_new_time_title_text_and_status_are_written_together()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);

        var changed = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[4], title = "Another", description = "Bring the plan", appointmentStatus = "showed" });

        changed.Status.Should().Be(200, changed.Body.ToString());
        var (start, title, status, text) = await ReadAsync(booked.Id);
        (start, title, status, text).Should().Be((free[4], "Another", "showed", "Bring the plan"));
    }

    [Fact]
    public async Task If_one_part_is_refused_nothing_of_it_is_written()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);
        await host.BookAsync(calendar, free[2]);
        var before = await host.Api.GetAsync($"{Path}/{booked.Id}");

        // The move alone would do; the length then reaches into the next appointment.
        var end = DateTimeOffset.Parse(free[2], CultureInfo.InvariantCulture).AddMinutes(30).ToString("o", CultureInfo.InvariantCulture);
        var tooLong = await host.Api.PutAsync($"{Path}/{booked.Id}", new { title = "Not this", endTime = end, ignoreFreeSlotValidation = true });
        var taken = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[2], title = "Nor this", appointmentStatus = "showed" });

        new[] { tooLong, taken }.Should().OnlyContain(answer => answer.Status == 400);
        (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag.Should().Be(before.Headers.ETag);
        (await ReadAsync(booked.Id)).Title.Should().Be("A talk");
        (await HistoryAsync(booked.Id)).Should().Equal("AppointmentBooked");
    }

    [Fact]
    public async Task A_cancelled_one_comes_back_at_another_time_though_its_own_is_taken()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);
        await host.Api.PutAsync($"{Path}/{booked.Id}", new { appointmentStatus = "cancelled" });
        await host.BookAsync(calendar, free[0]);

        var atItsOwn = await host.Api.PutAsync($"{Path}/{booked.Id}", new { appointmentStatus = "confirmed" });
        var moved = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[3] });
        var back = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[3], appointmentStatus = "confirmed" });

        atItsOwn.Status.Should().Be(400);
        moved.Status.Should().Be(400);
        back.Status.Should().Be(200, back.Body.ToString());
        (await ReadAsync(booked.Id)).Should().Be((free[3], "A talk", "confirmed", ""));
        (await host.FreeAsync(calendar)).Should().NotContain(free[3]);
    }

    [Fact]
    public async Task What_is_sent_back_as_it_was_read_changes_nothing()
    {
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var read = await host.Api.GetAsync($"{Path}/{booked.Id}");
        var item = read.Body.GetProperty("event");
        string[] fields = ["title", "address", "calendarId", "appointmentStatus", "assignedUserId", "startTime", "endTime"];

        var answer = await host.Api.PutAsync($"{Path}/{booked.Id}", fields.ToDictionary(field => field, field => item.GetProperty(field).GetString()));

        answer.Status.Should().Be(200, answer.Body.ToString());
        (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag.Should().Be(read.Headers.ETag);
    }

    [Fact]
    public async Task A_deletion_over_somebody_elses_change_is_refused_by_its_tag()
    {
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var tag = (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag!.Tag;
        await host.Api.PutAsync($"{Path}/{booked.Id}", new { title = "Other" });

        var late = await host.Api.SendAsync(HttpMethod.Delete, $"/calendars/events/{booked.Id}", new { }, ("If-Match", tag));

        late.Status.Should().Be(412);
        (await host.Api.GetAsync($"{Path}/{booked.Id}")).Status.Should().Be(200);
    }

    private async Task<(string Start, string Title, string Status, string Text)> ReadAsync(string id)
    {
        var read = (await host.Api.GetAsync($"{Path}/{id}")).Body.GetProperty("event");
        return (Text(read, "startTime"), Text(read, "title"), Text(read, "appointmentStatus"), Text(read, "description"));
    }

    private async Task<IEnumerable<string>> HistoryAsync(string id) =>
        (await host.Api.GetAsync($"{Path}/{id}/history")).Body.GetProperty("history").EnumerateArray().Select(each => Text(each, "kind"));

    private static string Text(JsonElement item, string field) => item.GetProperty(field).GetString()!;
}
