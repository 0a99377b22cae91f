using System.Text;

namespace ZoomCalendar.Tests.Api;

/// <summary>Any input is answered in JSON with a status below 500. <see cref="ApiClient"/> asserts that for every answer.</summary>
public sealed class BadInputTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Appointments = "/calendars/events/appointments";

    [Theory]
    [InlineData("{", 400)]
    [InlineData("nonsense", 400)]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}", 400)]
    [InlineData("{\"title\":\"\\ud800\"}", 422)]
    [InlineData("{\"title\":\"\\u0000\"}", 422)]
    [InlineData("[]", 422)]
    [InlineData("null", 422)]
    [InlineData("7", 422)]
    [InlineData("", 422)]
    [InlineData("{}", 422)]
    [InlineData("{\"title\":5}", 422)]
    [InlineData("{\"startTime\":{}}", 422)]
    [InlineData("{\"startTime\":1e999}", 422)]
    [InlineData("{\"ignoreDateRange\":\"yes\"}", 422)]
    [InlineData("{\"startTime\":\"tomorrow\"}", 422)]
    [InlineData("{\"startTime\":\"2026-11-23T09:00:00\"}", 422)]
    [InlineData("{\"startTime\":\"9999-12-31T23:59:59-14:00\"}", 422)]
    [InlineData("{\"startTime\":99999999999999999}", 422)]
    public async Task A_bad_booking_is_refused(string body, int status)
    {
        var answer = await host.Api.SendTextAsync(HttpMethod.Post, Appointments, body);

        answer.Status.Should().Be(status, answer.Body.ToString());
    }

    [Fact]
    public async Task Deep_json_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"rrule\":", 5_000)) + "1" + new string('}', 5_000);

        var answer = await host.Api.SendTextAsync(HttpMethod.Post, Appointments, deep);

        answer.Status.Should().Be(400);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        var answer = await host.Api.SendTextAsync(HttpMethod.Post, Appointments, $"{{\"title\":\"{new string('a', 300_000)}\"}}");

        answer.Status.Should().Be(413);
    }

    [Fact]
    public async Task Any_value_in_any_field_causes_no_server_error()
    {
        string[] fields = ["title", "calendarId", "locationId", "contactId", "startTime", "endTime", "assignedUserId", "appointmentStatus",
            "description", "address", "meetingLocationType", "meetingLocationId", "rrule", "name", "email", "phone", "timezone",
            "firstName", "tags"];
        string[] values = ["null", "true", "-1", "0.5", "1e308", "\"\"", "\" \"", "[]", "[1]", "{}", "{\"a\":1}", "\"\\u202e\"",
            $"\"{new string('x', 5_000)}\"", "\"00000000-0000-0000-0000-000000000000\"", "\"'; DROP TABLE users --\""];
        foreach (var field in fields)
        {
            foreach (var value in values)
            {
                var body = field is "locationId"
                    ? $"{{\"{field}\":{value}}}"
                    : $"{{\"locationId\":\"{host.LocationId}\",\"{field}\":{value}}}";
                await host.Api.SendTextAsync(HttpMethod.Post, Appointments, body);
                await host.Api.SendTextAsync(HttpMethod.Post, "/contacts/upsert", body);
                await host.Api.SendTextAsync(HttpMethod.Post, "/calendars/events/block-slots", body);
            }
        }
    }

    [Theory]
    [InlineData("/calendars/events?startTime=x&endTime=y")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1780000000000")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1790000100000&limit=-1")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1790000100000&limit=99999999999999")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1790000100000&cursor=%00%ff")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1790000100000&cursor=AAAA")]
    [InlineData("/calendars/events?startTime=1790000000000&endTime=1790000100000&groupId=1")]
    [InlineData("/calendars/?showDrafted=perhaps")]
    [InlineData("/calendars/?groupId=1")]
    public async Task An_invalid_query_returns_422(string path)
    {
        var answer = await host.Api.GetAsync($"{path}&locationId={host.LocationId}");

        answer.Status.Should().Be(422, answer.Body.ToString());
        answer.Body.GetProperty("message").GetArrayLength().Should().BePositive();
    }

    [Theory]
    [InlineData("startDate=0&endDate=9")]
    [InlineData("startDate=1790000000000")]
    [InlineData("startDate=1790000000000&endDate=1799000000000")]
    [InlineData("startDate=1790000000000&endDate=1790000100000&timezone=Mars/Base")]
    public async Task An_invalid_range_of_free_slots_returns_422(string query)
    {
        var calendar = await host.CalendarIdAsync("intro-call");

        var answer = await host.Api.GetAsync($"/calendars/{calendar}/free-slots?{query}");

        answer.Status.Should().Be(422, answer.Body.ToString());
    }

    [Fact]
    public async Task Other_content_types_and_methods_are_answered_in_json()
    {
        using var http = new HttpClient { BaseAddress = host.App.Address };
        http.DefaultRequestHeaders.Add("Version", "v3");
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {ApiHost.Token}");

        var form = await http.PostAsync("/api" + Appointments, new FormUrlEncodedContent([new("a", "b")]));
        var binary = await http.PostAsync("/api" + Appointments, new ByteArrayContent(Encoding.Latin1.GetBytes("\xff\xfe\x00")));
        var patch = await http.PatchAsync("/api" + Appointments, null);

        new[] { (int)form.StatusCode, (int)binary.StatusCode, (int)patch.StatusCode }.Should().Equal(400, 400, 404);
        new[] { form, binary, patch }.Should().OnlyContain(answer => answer.Content.Headers.ContentType!.MediaType == "application/json");
    }
}
