using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Tests.Api;

/// <summary>One PUT is one transaction.</summary>
public sealed class AppointmentChangeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/calendars/events/appointments";

    [Fact]
    public async Task A_new_time_title_text_and_status_are_written_together()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);

        var changed = await host.Api.PutAsync($"{Path}/{booked.Id}", new
        {
            startTime = free[4],
            title = "Another",
            description = "Bring the plan",
            appointmentStatus = "showed",
        });

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

        // The move alone would succeed. The new length overlaps the next appointment.
        var end = DateTimeOffset.Parse(free[2], CultureInfo.InvariantCulture).AddMinutes(30).ToString("o", CultureInfo.InvariantCulture);
        var tooLong = await host.Api.PutAsync($"{Path}/{booked.Id}", new
        {
            title = "Not this",
            endTime = end,
            ignoreFreeSlotValidation = true,
        });
        var taken = await host.Api.PutAsync($"{Path}/{booked.Id}", new
        {
            startTime = free[2],
            title = "Nor this",
            appointmentStatus = "showed",
        });

        new[] { tooLong, taken }.Should().OnlyContain(answer => answer.Status == 400);
        (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag.Should().Be(before.Headers.ETag);
        (await ReadAsync(booked.Id)).Title.Should().Be("A talk");
        (await HistoryAsync(booked.Id)).Should().Equal("AppointmentBooked");
    }

    [Fact]
    public async Task A_cancelled_appointment_can_be_restored_at_another_time_when_its_own_is_taken()
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
    public async Task An_event_sent_back_unchanged_changes_nothing()
    {
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var read = await host.Api.GetAsync($"{Path}/{booked.Id}");
        var item = read.Body.GetProperty("event");
        string[] fields = ["title", "address", "calendarId", "appointmentStatus", "assignedUserId", "startTime", "endTime"];

        var answer = await host.Api.PutAsync(
            $"{Path}/{booked.Id}", fields.ToDictionary(field => field, field => item.GetProperty(field).GetString()));

        answer.Status.Should().Be(200, answer.Body.ToString());
        (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag.Should().Be(read.Headers.ETag);
    }

    [Fact]
    public async Task After_the_owner_changed_an_event_sent_back_with_a_new_time_moves_to_the_present_owner()
    {
        var calendar = await host.NewCalendarAsync();
        var other = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        await using (var db = await host.App.OpenDatabaseAsync())
        {
            var owner = (await db.CalendarMembers.SingleAsync(row => row.CalendarId == new CalendarId(Guid.Parse(other)))).UserId;
            var row = await db.Calendars.Include(found => found.Members)
                .SingleAsync(found => found.Id == new CalendarId(Guid.Parse(calendar)));
            row.RemoveMember(row.Members[0].UserId);
            row.AddMember(owner, MeetingLocation.AskTheBooker, isPrimaryOwner: true);
            await db.SaveChangesAsync();
        }

        var item = (await host.Api.GetAsync($"{Path}/{booked.Id}")).Body.GetProperty("event");
        var former = Text(item, "assignedUserId");
        var answer = await host.Api.PutAsync($"{Path}/{booked.Id}", new
        {
            title = Text(item, "title"),
            assignedUserId = former,
            startTime = (await TimesForAsync(booked.Id))[2],
        });

        answer.Status.Should().Be(200, answer.Body.ToString());
        Text((await host.Api.GetAsync($"{Path}/{booked.Id}")).Body.GetProperty("event"), "assignedUserId").Should().NotBe(former);
    }

    [Fact]
    public async Task The_times_listed_for_an_event_are_those_for_its_own_length()
    {
        var calendar = await host.NewCalendarAsync(rules: new BookingRules { LengthMinutes = 60 });
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);
        await using (var db = await host.App.OpenDatabaseAsync())
        {
            (await db.Calendars.SingleAsync(found => found.Id == new CalendarId(Guid.Parse(calendar)))).Rules = new BookingRules();
            await db.SaveChangesAsync();
        }

        await host.BookAsync(calendar, free[7]);
        var times = await TimesForAsync(booked.Id);
        var refused = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[6] });

        times.Should().Contain(free[0]).And.Contain(free[5]).And.NotContain(free[6]).And.NotContain(free[7]).And.Contain(free[8]);
        refused.Status.Should().Be(400);
        refused.Body.ToString().Should().Contain(free[5]).And.Contain(free[8]);
        (await host.Api.GetAsync($"{Path}/{Guid.NewGuid()}/free-slots?startDate=1790000000000&endDate=1790000001000")).Status.Should()
            .Be(404);
        (await host.Api.GetAsync($"{Path}/{booked.Id}/free-slots?startDate=x")).Status.Should().Be(422);
    }

    [Fact]
    public async Task A_deletion_of_an_outdated_version_is_refused_by_its_ETag()
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

    private async Task<IReadOnlyList<string>> TimesForAsync(string id)
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(1);
        var answer = await host.Api.GetAsync(
            $"{Path}/{id}/free-slots?startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(7).ToUnixTimeMilliseconds()}");
        answer.Status.Should().Be(200, answer.Body.ToString());
        return [.. answer.Body.EnumerateObject().Where(day => day.Name != "traceId").SelectMany(
            day => day.Value.GetProperty("slots").EnumerateArray()).Select(slot => slot.GetString()!)];
    }

    private static string Text(JsonElement item, string field) => item.GetProperty(field).GetString()!;
}
