namespace ZoomCalendar.Tests.Api;

/// <summary>Hours, limits and addresses of calendars through the API.</summary>
public sealed class CalendarHoursTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData(22, 0, 0, 0, 23, 60)]
    [InlineData(22, 0, 24, 0, 23, 60)]
    [InlineData(22, 0, 23, 60, 23, 60)]
    [InlineData(22, 0, 23, 59, 23, 59)]
    [InlineData(0, 0, 0, 0, 23, 60)]
    public async Task Midnight_as_the_end_is_the_next_midnight(
        int openHour, int openMinute, int closeHour, int closeMinute, int readHour, int readMinute)
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await PutHoursAsync(calendar, openHour, openMinute, closeHour, closeMinute);

        answer.Status.Should().Be(200, answer.Body.ToString());
        var hour = answer.Body.GetProperty("calendar").GetProperty("openHours")[0].GetProperty("hours")[0];
        (hour.GetProperty("openHour").GetInt32(), hour.GetProperty("closeHour").GetInt32(), hour.GetProperty("closeMinute").GetInt32())
            .Should().Be((openHour, readHour, readMinute));
    }

    [Theory]
    [InlineData(22, 0, 2, 0, "22:00 to 2:00")]
    [InlineData(17, 30, 9, 15, "17:30 to 9:15")]
    [InlineData(9, 0, 9, 0, "9:00 to 9:00")]
    public async Task A_reversed_pair_is_refused_in_a_sentence_that_says_how_to_write_it(
        int openHour, int openMinute, int closeHour, int closeMinute, string pair)
    {
        var calendar = await host.NewCalendarAsync();

        var week = await PutHoursAsync(calendar, openHour, openMinute, closeHour, closeMinute);
        var date = await host.Api.PutAsync($"/calendars/{calendar}", new
        {
            availabilities = new[] { new
            {
                date = "2030-01-07T00:00:00.000Z",
                hours = new[] { new { openHour, openMinute, closeHour, closeMinute } },
            } },
        });

        foreach (var answer in new[] { week, date })
        {
            answer.Status.Should().Be(422);
            answer.Message.Should().Contain(pair).And.Contain("next day");
        }
    }

    [Fact]
    public async Task A_window_without_its_hours_is_refused()
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", """{"openHours":[{"daysOfTheWeek":[1],"hours":[{}]}]}""");

        answer.Status.Should().Be(422);
    }

    [Fact]
    public async Task Hours_over_midnight_written_as_two_windows_offer_the_slot_across_it()
    {
        var calendar = await host.NewCalendarAsync();
        int[] everyDay = [0, 1, 2, 3, 4, 5, 6];
        object Window(int from, int until) =>
            new { daysOfTheWeek = everyDay, hours = new[] { new { openHour = from, openMinute = 0, closeHour = until, closeMinute = 0 } } };

        var answer = await host.Api.PutAsync($"/calendars/{calendar}", new
        {
            slotDuration = 60,
            slotInterval = 30,
            openHours = new[] { Window(22, 0), Window(0, 2) },
        });

        answer.Status.Should().Be(200, answer.Body.ToString());
        var late = (await host.FreeAsync(calendar)).First(start => start.Contains("T23:30:00"));
        (await host.BookAsync(calendar, late)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("slotDuration", "-5", "5 minutes to 24 hours")]
    [InlineData("slotDuration", "0", "5 minutes to 24 hours")]
    [InlineData("slotDuration", "7.5", "5 minutes to 24 hours")]
    [InlineData("slotDuration", "1441", "5 minutes to 24 hours")]
    [InlineData("slotDuration", "99999999", "5 minutes to 24 hours")]
    [InlineData("slotInterval", "-1", "5 minutes to 24 hours")]
    [InlineData("slotBuffer", "-1", "0 to 24 hours")]
    [InlineData("preBuffer", "1441", "0 to 24 hours")]
    [InlineData("appoinmentPerSlot", "0", "1 to 9,999")]
    [InlineData("appoinmentPerSlot", "-1", "1 to 9,999")]
    [InlineData("appoinmentPerDay", "-1", "1 or more")]
    [InlineData("allowBookingAfter", "-1", "731 days")]
    [InlineData("allowBookingAfter", "99999", "731 days")]
    [InlineData("allowBookingFor", "-1", "731 days")]
    [InlineData("allowBookingFor", "0", "731 days")]
    [InlineData("allowBookingFor", "0.5", "731 days")]
    public async Task A_number_out_of_range_is_refused_with_its_name_and_its_real_limits(string field, string value, string limits)
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", $"{{\"{field}\":{value}}}");

        answer.Status.Should().Be(422);
        answer.Message.Should().Contain(field).And.Contain(limits).And.NotContain("1000000");
    }

    [Theory]
    [InlineData("\"slotDuration\":2,\"slotDurationUnit\":\"hours\"", "slotDuration", 120)]
    [InlineData("\"slotDuration\":1.5,\"slotDurationUnit\":\"hours\"", "slotDuration", 90)]
    [InlineData("\"slotBuffer\":0.25,\"slotBufferUnit\":\"hours\"", "slotBuffer", 15)]
    [InlineData("\"allowBookingAfter\":2,\"allowBookingAfterUnit\":\"weeks\"", "allowBookingAfter", 336)]
    [InlineData("\"allowBookingAfter\":1,\"allowBookingAfterUnit\":\"months\"", "allowBookingAfter", 720)]
    [InlineData("\"allowBookingFor\":2,\"allowBookingForUnit\":\"weeks\"", "allowBookingFor", 14)]
    [InlineData("\"allowBookingFor\":2,\"allowBookingForUnit\":\"\"", "allowBookingFor", 2)]
    [InlineData("\"allowBookingFor\":3,\"allowBookingForUnit\":\"months\"", "allowBookingFor", 90)]
    public async Task Other_units_are_understood(string fields, string field, int expected)
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", $"{{{fields}}}");

        answer.Status.Should().Be(200, answer.Body.ToString());
        answer.Body.GetProperty("calendar").GetProperty(field).GetDecimal().Should().Be(expected);
    }

    [Fact]
    public async Task A_unit_without_a_value_is_refused()
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", """{"slotDurationUnit":"hours"}""");

        answer.Status.Should().Be(422);
        answer.Message.Should().Contain("slotDurationUnit").And.Contain("slotDuration");
    }

    [Fact]
    public async Task A_calendar_made_by_a_program_gets_its_address_from_its_name()
    {
        var name = $"Über Talks & Café {Guid.NewGuid().ToString("N")[..6]}";

        var first = await MakeAsync(name);
        var second = await MakeAsync(name);
        var third = await MakeAsync(name);
        var nameless = await MakeAsync("日本語");
        var chosen = await host.Api.PostAsync("/calendars/", new
        {
            locationId = host.LocationId,
            name,
            calendarType = "event",
            slug = $"chosen-{Guid.NewGuid():N}",
        });

        var expected = $"uber-talks-cafe-{name[^6..]}";
        Slug(first).Should().Be(expected);
        Slug(second).Should().Be($"{expected}-2");
        Slug(third).Should().Be($"{expected}-3");
        Slug(nameless).Should().StartWith("calendar");
        Slug(chosen).Should().StartWith("chosen-");
    }

    [Fact]
    public async Task Calendars_of_one_name_made_at_the_same_moment_each_get_an_address()
    {
        var name = $"Rush {Guid.NewGuid():N}";

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => MakeAsync(name)));

        made.Select(answer => answer.Status).Should().OnlyContain(status => status == 200);
        made.Select(Slug).Should().OnlyHaveUniqueItems().And.OnlyContain(slug => slug.StartsWith("rush-"));
    }

    private Task<ApiResponse> MakeAsync(string name) =>
        host.Api.PostAsync("/calendars/", new { locationId = host.LocationId, name, calendarType = "event" });

    private static string Slug(ApiResponse answer) => answer.Body.GetProperty("calendar").GetProperty("slug").GetString()!;

    private Task<ApiResponse> PutHoursAsync(string calendar, int openHour, int openMinute, int closeHour, int closeMinute) =>
        host.Api.PutAsync($"/calendars/{calendar}", new
        {
            openHours = new[] { new
            {
                daysOfTheWeek = new[] { 2 },
                hours = new[] { new { openHour, openMinute, closeHour, closeMinute } },
            } },
        });
}
