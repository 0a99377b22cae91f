using System.Globalization;

namespace ZoomCalendar.Tests.Api;

public sealed class AppointmentApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/calendars/events/appointments";

    [Fact]
    public async Task A_program_books_reads_moves_cancels_and_deletes()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);

        var booked = await host.BookAsync(calendar, free[0]);
        var read = await host.Api.GetAsync($"{Path}/{booked.Id}");
        var moved = await host.Api.PutAsync($"{Path}/{booked.Id}", new { startTime = free[3] });
        var cancelled = await host.Api.PutAsync($"{Path}/{booked.Id}", new { appointmentStatus = "cancelled" });
        var deleted = await host.Api.DeleteAsync($"/calendars/events/{booked.Id}");
        var gone = await host.Api.GetAsync($"{Path}/{booked.Id}");

        Specification.Platform.Problems("post", Path, booked).Should().BeEmpty();
        Specification.Platform.Problems("get", Path + "/{eventId}", read).Should().BeEmpty();
        Specification.Platform.Problems("put", Path + "/{eventId}", moved).Should().BeEmpty();
        Specification.Platform.Problems("delete", "/calendars/events/{eventId}", deleted).Should().BeEmpty();
        read.Body.GetProperty("event").GetProperty("startTime").GetString().Should().Be(free[0]);
        moved.Body.GetProperty("startTime").GetString().Should().Be(free[3]);
        cancelled.Body.GetProperty("appointmentStatus").GetString().Should().Be("cancelled");
        deleted.Body.GetProperty("succeeded").GetBoolean().Should().BeTrue();
        gone.Status.Should().Be(404);
    }

    [Fact]
    public async Task A_taken_slot_is_refused_in_the_platforms_format_with_free_times()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        await host.BookAsync(calendar, free[0]);

        var refused = await host.BookAsync(calendar, free[0]);

        refused.Status.Should().Be(400);
        refused.Body.GetProperty("statusCode").GetInt32().Should().Be(400);
        refused.Message.Should().Be("The slot you have selected is no longer available.");
        refused.Body.GetProperty("error").GetString().Should().Be("Bad Request");
        refused.Body.GetProperty("nearest").EnumerateArray().Select(each => each.GetString()).Should().Contain(free[1]);
        Specification.Platform.Problems("post", Path, refused).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_instant_in_another_offset_is_the_same_slot()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var instant = DateTimeOffset.Parse(free[0], CultureInfo.InvariantCulture);

        var inUtc = await host.BookAsync(calendar, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var inMilliseconds = await host.BookAsync(
            calendar,
            DateTimeOffset.Parse(free[1], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

        inUtc.Body.GetProperty("startTime").GetString().Should().Be(free[0]);
        inMilliseconds.Body.GetProperty("startTime").GetString().Should().Be(free[1]);
    }

    [Fact]
    public async Task Of_ten_concurrent_requests_for_one_seat_one_succeeds()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var contact = await host.NewContactAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.BookAsync(calendar, free[0], contact)));

        answers.Count(answer => answer.Status == 200).Should().Be(1);
        answers.Where(answer => answer.Status != 200).Should().OnlyContain(answer => answer.Status == 400);
    }

    [Fact]
    public async Task The_same_request_sent_ten_times_with_one_key_books_once()
    {
        var calendar = await host.NewCalendarAsync(rules: new() { Seats = 20 });
        var free = await host.FreeAsync(calendar);
        var contact = await host.NewContactAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => host.BookAsync(calendar, free[0], contact, ("Idempotency-Key", "order-1"))));
        var other = await host.BookAsync(calendar, free[1], contact, ("Idempotency-Key", "order-1"));

        answers.Should().OnlyContain(answer => answer.Status == 200);
        answers.Select(answer => answer.Id).Distinct().Should().ContainSingle();
        other.Status.Should().Be(422);
        other.Message.Should().Contain("Idempotency-Key");
    }

    [Fact]
    public async Task A_staff_override_ignores_the_grid_but_not_the_seats()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var offGrid = DateTimeOffset.Parse(free[4], CultureInfo.InvariantCulture).AddMinutes(10)
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var contactId = await host.NewContactAsync();
        object Wish(string startTime) =>
            new { calendarId = calendar, locationId = host.LocationId, contactId, startTime, ignoreFreeSlotValidation = true };

        var offered = await host.BookAsync(calendar, offGrid);
        var overridden = await host.Api.PostAsync(Path, Wish(offGrid));
        var overlapping = await host.Api.PostAsync(Path, Wish(free[4]));

        offered.Status.Should().Be(400);
        overridden.Status.Should().Be(200);
        overlapping.Status.Should().Be(400);
    }

    [Fact]
    public async Task A_change_of_an_outdated_version_is_refused_by_its_ETag()
    {
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var tag = (await host.Api.GetAsync($"{Path}/{booked.Id}")).Headers.ETag!.Tag;

        var first = await host.Api.PutAsync($"{Path}/{booked.Id}", new { title = "First" }, ("If-Match", tag));
        var second = await host.Api.PutAsync($"{Path}/{booked.Id}", new { title = "Second" }, ("If-Match", tag));
        var title = (await host.Api.GetAsync($"{Path}/{booked.Id}")).Body.GetProperty("event").GetProperty("title").GetString();

        first.Status.Should().Be(200);
        second.Status.Should().Be(412);
        title.Should().Be("First");
    }

    [Fact]
    public async Task An_event_can_be_sent_back_as_it_was_read()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);
        var read = (await host.Api.GetAsync($"{Path}/{booked.Id}")).Body.GetProperty("event");
        string Field(string name) => read.GetProperty(name).GetString()!;

        var changed = await host.Api.PutAsync($"{Path}/{booked.Id}", new
        {
            title = Field("title"),
            calendarId = Field("calendarId"),
            appointmentStatus = "showed",
            assignedUserId = Field("assignedUserId"),
            address = Field("address"),
            startTime = Field("startTime"),
            endTime = Field("endTime"),
            meetingLocationType = "phone",
            ignoreDateRange = false,
            toNotify = true,
        });

        changed.Status.Should().Be(200, changed.Body.ToString());
        changed.Body.GetProperty("appointmentStatus").GetString().Should().Be("showed");
        changed.Body.GetProperty("startTime").GetString().Should().Be(free[0]);
    }

    [Fact]
    public async Task An_unavailable_feature_is_refused_with_a_sentence()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var contactId = await host.NewContactAsync();

        var refused = await host.Api.PostAsync(Path, new
        {
            calendarId = calendar,
            locationId = host.LocationId,
            contactId,
            startTime = free[0],
            rrule = "RRULE:FREQ=DAILY;COUNT=5",
            meetingLocationType = "gmeet",
            toNotify = false,
            surprise = 1,
        });

        refused.Status.Should().Be(422);
        refused.Body.GetProperty("message").EnumerateArray().Select(each => each.GetString()!.Split(' ')[0]).Should()
            .BeEquivalentTo(["property", "meetingLocationType", "rrule", "toNotify"]);
        refused.Body.GetProperty("error").GetString().Should().Be("Unprocessable Entity");
    }

    [Fact]
    public async Task Events_of_a_range_can_be_read_at_once_or_in_pages()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var booked = new List<string>();
        foreach (var start in free.Take(5))
        {
            booked.Add((await host.BookAsync(calendar, start)).Id);
        }

        var from = DateTimeOffset.Parse(free[0], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var range = $"/calendars/events?locationId={host.LocationId}&calendarId={calendar}&startTime={from}&endTime={from + 600_000_000}";

        var whole = await host.Api.GetAsync(range);
        var paged = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await host.Api.GetAsync($"{range}&limit=2&cursor={cursor}");
            paged.AddRange(Ids(page));
            cursor = page.Body.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        Specification.Platform.Problems("get", "/calendars/events", whole).Should().BeEmpty();
        Ids(whole).Should().Equal(booked);
        paged.Should().Equal(booked);
    }

    [Fact]
    public async Task A_booker_from_the_public_page_is_also_a_contact()
    {
        var calendar = await host.CalendarIdAsync("yoga-class");
        var now = TimeProvider.System.GetUtcNow();
        var events = await host.Api.GetAsync(
            $"/calendars/events?locationId={host.LocationId}&calendarId={calendar}&startTime={now.AddDays(-8).ToUnixTimeMilliseconds()}&endTime={now.AddDays(8).ToUnixTimeMilliseconds()}");
        var contactId = events.Body.GetProperty("events")[0].GetProperty("contactId").GetString();

        var contact = await host.Api.GetAsync($"/contacts/{contactId}");

        contact.Status.Should().Be(200);
        contact.Body.GetProperty("contact").GetProperty("email").GetString().Should().EndWith("@example.com");
    }

    [Fact]
    public async Task A_blocked_time_is_no_longer_offered_until_it_is_deleted()
    {
        var calendar = await host.NewCalendarAsync();
        var free = await host.FreeAsync(calendar);
        var user = (await host.Api.GetAsync($"/calendars/{calendar}")).Body.GetProperty("calendar").GetProperty("teamMembers")[0]
            .GetProperty("userId").GetString();

        var blocked = await host.Api.PostAsync("/calendars/events/block-slots", new
        {
            locationId = host.LocationId,
            assignedUserId = user,
            title = "Dentist",
            startTime = free[0],
            endTime = free[2],
        });
        var offered = await host.FreeAsync(calendar);
        var listed = await host.Api.GetAsync(
            $"/calendars/blocked-slots?locationId={host.LocationId}&userId={user}&startTime={Uri.EscapeDataString(free[0])}&endTime={Uri.EscapeDataString(free[5])}");
        var deleted = await host.Api.DeleteAsync($"/calendars/events/{blocked.Id}");

        Specification.Platform.Problems("post", "/calendars/events/block-slots", blocked).Should().BeEmpty();
        Specification.Platform.Problems("get", "/calendars/blocked-slots", listed).Should().BeEmpty();
        offered.Should().NotContain(free[0]).And.NotContain(free[1]).And.Contain(free[2]);
        Ids(listed).Should().Equal(blocked.Id);
        deleted.Status.Should().Be(201);
        (await host.FreeAsync(calendar)).Should().Contain(free[0]);
    }

    private static IEnumerable<string> Ids(ApiResponse answer) =>
        answer.Body.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("id").GetString()!);
}
