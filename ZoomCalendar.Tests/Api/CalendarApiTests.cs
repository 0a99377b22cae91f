namespace ZoomCalendar.Tests.Api;

public sealed class CalendarApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Calendars_are_listed_and_read_in_the_platforms_format()
    {
        var list = await host.Api.GetAsync($"/calendars/?locationId={host.LocationId}");
        var one = await host.Api.GetAsync($"/calendars/{await host.CalendarIdAsync("consultation")}");

        Specification.Platform.Problems("get", "/calendars/", list).Should().BeEmpty();
        Specification.Platform.Problems("get", "/calendars/{calendarId}", one).Should().BeEmpty();
        list.Body.GetProperty("calendars").EnumerateArray().Select(each => each.GetProperty("slug").GetString()).Should()
            .Contain(["intro-call", "yoga-class"]).And.NotContain("southside-intro");
        one.Body.GetProperty("calendar").GetProperty("calendarType").GetString().Should().Be("round_robin");
        one.Body.GetProperty("calendar").GetProperty("appoinmentPerSlot").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Free_slots_are_grouped_by_day_in_the_requested_zone()
    {
        var calendar = await host.NewCalendarAsync();
        var from = TimeProvider.System.GetUtcNow().AddDays(1);
        var range = $"startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(2).ToUnixTimeMilliseconds()}";

        var answer = await host.Api.GetAsync($"/calendars/{calendar}/free-slots?{range}&timezone=Asia/Kolkata");

        Specification.Platform.Problems("get", "/calendars/{calendarId}/free-slots", answer).Should().BeEmpty();
        var days = answer.Body.EnumerateObject().Where(day => day.Name != "traceId").ToList();
        days.Should().NotBeEmpty();
        days.Should().OnlyContain(day => day.Value.GetProperty("slots").EnumerateArray().All(
            slot => slot.GetString()!.StartsWith(day.Name) && slot.GetString()!.EndsWith("+05:30")));
    }

    [Fact]
    public async Task Free_slots_of_several_hosts_are_requested_with_bracketed_parameters()
    {
        var calendar = await host.CalendarIdAsync("consultation");
        var (ada, cleo) = (await host.UserIdAsync("ada@demo.test"), await host.UserIdAsync("cleo@demo.test"));
        var from = TimeProvider.System.GetUtcNow().AddDays(10);
        var range =
            $"/calendars/{calendar}/free-slots?startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(2).ToUnixTimeMilliseconds()}";

        var both = await host.Api.GetAsync($"{range}&userIds%5B%5D={ada}&userIds%5B%5D={cleo}");
        var one = await host.Api.GetAsync($"{range}&userId={ada}");
        var nobody = await host.Api.GetAsync($"{range}&userIds%5B%5D={Guid.NewGuid()}");

        Count(both).Should().BeGreaterThan(Count(one));
        Count(one).Should().BePositive();
        Count(nobody).Should().Be(0);
    }

    [Fact]
    public async Task A_contact_is_found_again_by_its_address()
    {
        var email = $"{Guid.NewGuid():N}@example.com";

        var made = await host.Api.PostAsync("/contacts/upsert", new
        {
            locationId = host.LocationId,
            firstName = "Jo",
            lastName = "Field",
            email,
        });
        var changed = await host.Api.PostAsync("/contacts/upsert", new
        {
            locationId = host.LocationId,
            email = email.ToUpperInvariant(),
            phone = "+1 312 555 0199",
        });
        var read = await host.Api.GetAsync($"/contacts/{made.Body.GetProperty("contact").GetProperty("id").GetString()}");

        made.Body.GetProperty("new").GetBoolean().Should().BeTrue();
        changed.Body.GetProperty("new").GetBoolean().Should().BeFalse();
        read.Body.GetProperty("contact").GetProperty("name").GetString().Should().Be("Jo Field");
        read.Body.GetProperty("contact").GetProperty("phone").GetString().Should().Be("+1 312 555 0199");
    }

    [Fact]
    public async Task The_team_is_listed()
    {
        var users = await host.Api.GetAsync($"/users/?locationId={host.LocationId}");

        users.Body.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("email").GetString()).Should()
            .Contain(["ada@demo.test", "ben@demo.test", "cleo@demo.test"]);
    }

    [Fact]
    public async Task A_calendar_is_made_changed_and_deleted()
    {
        var ben = await host.UserIdAsync("ben@demo.test");

        var made = await host.Api.PostAsync("/calendars/", new
        {
            locationId = host.LocationId,
            name = "Made by a program",
            calendarType = "personal",
            slotDuration = 1,
            slotDurationUnit = "hours",
            appoinmentPerSlot = 2,
            autoConfirm = true,
            eventTitle = "{{contact.name}}",
            teamMembers = new[] { new
            {
                userId = ben,
                priority = 0.5,
                isPrimary = true,
                locationConfigurations = new[] { new { kind = "inbound_call", location = "+1 312 555 0100" } },
            } },
            openHours = new[] { new
            {
                daysOfTheWeek = new[] { 0, 1 },
                hours = new[] { new { openHour = 9, openMinute = 0, closeHour = 23, closeMinute = 60 } },
            } },
        });
        var id = made.Body.GetProperty("calendar").GetProperty("id").GetString();
        var changed = await host.Api.PutAsync($"/calendars/{id}", new
        {
            name = "Changed by a program",
            preBuffer = 15,
            allowBookingAfter = 2,
            allowBookingAfterUnit = "days",
        }, ("If-Match", made.Headers.ETag!.Tag));
        var late = await host.Api.PutAsync($"/calendars/{id}", new { name = "Too late" }, ("If-Match", made.Headers.ETag!.Tag));
        var deleted = await host.Api.DeleteAsync($"/calendars/{id}");
        var gone = await host.Api.GetAsync($"/calendars/{id}");

        Specification.Platform.Problems("post", "/calendars/", made).Should().BeEmpty();
        Specification.Platform.Problems("put", "/calendars/{calendarId}", changed).Should().BeEmpty();
        Specification.Platform.Problems("delete", "/calendars/{calendarId}", deleted).Should().BeEmpty();
        var calendar = changed.Body.GetProperty("calendar");
        calendar.GetProperty("name").GetString().Should().Be("Changed by a program");
        calendar.GetProperty("slotDuration").GetInt32().Should().Be(60);
        calendar.GetProperty("preBuffer").GetInt32().Should().Be(15);
        calendar.GetProperty("allowBookingAfter").GetDecimal().Should().Be(48);
        calendar.GetProperty("openHours")[0].GetProperty("hours")[0].GetProperty("closeMinute").GetInt32().Should().Be(60);
        late.Status.Should().Be(412);
        gone.Status.Should().Be(404);
    }

    [Fact]
    public async Task Deleting_a_calendar_with_appointments_archives_it_and_keeps_them()
    {
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);

        await host.Api.DeleteAsync($"/calendars/{calendar}");

        (await host.Api.GetAsync($"/calendars/{calendar}")).Body.GetProperty("calendar").GetProperty("isActive").GetBoolean().Should()
            .BeFalse();
        (await host.Api.GetAsync($"/calendars/events/appointments/{booked.Id}")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Invalid_calendar_values_are_refused_with_sentences()
    {
        var cleo = await host.UserIdAsync("cleo@demo.test");
        object Member(string kind, string user) => new { userId = user, locationConfigurations = new[] { new { kind } } };
        object Body(object member) =>
            new { locationId = host.LocationId, name = "Refused", calendarType = "personal", teamMembers = new[] { member } };

        var otherService = await host.Api.PostAsync("/calendars/", Body(Member("google_conference", cleo)));
        var notConnected = await host.Api.PostAsync("/calendars/", Body(Member("zoom_conference", cleo)));
        var stranger = await host.Api.PostAsync("/calendars/", Body(Member("booker", Guid.NewGuid().ToString())));
        var extras = await host.Api.PostAsync("/calendars/", new
        {
            locationId = host.LocationId,
            name = "Refused",
            groupId = "g",
            notifications = new[] { new { type = "email" } },
            enableRecurring = true,
            autoConfirm = false,
            slotDuration = 0.5,
            calendarType = "service_booking",
            nonsense = 1,
        });
        var length = await host.Api.PostAsync("/calendars/", new
        {
            locationId = host.LocationId,
            name = "Refused",
            calendarType = "event",
            slotDuration = 3,
        });

        new[] { otherService, notConnected, extras, length }.Should().OnlyContain(answer => answer.Status == 422);
        notConnected.Message.Should().Contain("Cleo");
        stranger.Status.Should().Be(404);
        extras.Body.GetProperty("message").GetArrayLength().Should().Be(6);
    }

    [Fact]
    public async Task Any_value_in_any_calendar_field_causes_no_server_error()
    {
        string[] fields = ["name", "description", "slug", "teamMembers", "locationConfigurations", "slotDuration", "slotInterval",
            "appoinmentPerSlot", "appoinmentPerDay", "allowBookingAfter", "allowBookingFor", "openHours", "availabilities", "isActive",
            "calendarType", "eventType", "eventColor"];
        string[] values =
        [
            "null",
            "true",
            "-1",
            "1e28",
            "0.1",
            "\"\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "[1]",
            "[{}]",
            "{}",
            "999999",
            "[{\"userId\":1}]",
            "[{\"kind\":null}]",
            "[{\"daysOfTheWeek\":[9],\"hours\":[]}]",
            "[{\"daysOfTheWeek\":[1],\"hours\":[{\"openHour\":17,\"closeHour\":9}]}]",
            "[{\"date\":\"2026-02-30T\",\"hours\":[]}]",
            $"\"{new string('x', 5_000)}\"",
        ];
        var calendar = await host.NewCalendarAsync();
        foreach (var field in fields)
        {
            foreach (var value in values)
            {
                await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", $"{{\"{field}\":{value}}}");
            }
        }
    }

    private static int Count(ApiResponse answer) =>
        answer.Body.EnumerateObject().Where(day => day.Name != "traceId").Sum(day => day.Value.GetProperty("slots").GetArrayLength());
}
