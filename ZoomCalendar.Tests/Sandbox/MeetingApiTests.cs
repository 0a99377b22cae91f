using System.Net;
using System.Text.Json.Nodes;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class MeetingApiTests : SandboxTest
{
    [Fact]
    public async Task A_created_meeting_has_all_fields_of_Zoom()
    {
        Connect();

        using var answer = await Client.CreateAsync(Tomorrow, "A talk", new
        {
            agenda = "Ref: 1",
            settings = new { waiting_room = true, join_before_host = true },
        });
        var meeting = await JsonOf(answer);

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        answer.Headers.Should().Contain(h => h.Key == "x-zm-trackingid");
        meeting["id"]!.GetValue<long>().Should().BeGreaterThan(9_999_999_999);
        meeting["uuid"]!.GetValue<string>().Should().EndWith("==");
        meeting["host_email"]!.GetValue<string>().Should().Be(Ada);
        meeting["start_time"]!.GetValue<string>().Should().Be("2026-11-24T09:00:00Z");
        meeting["created_at"]!.GetValue<string>().Should().Be("2026-11-23T09:00:00Z");
        meeting["duration"]!.GetValue<int>().Should().Be(30);
        meeting["status"]!.GetValue<string>().Should().Be("waiting");
        meeting["join_url"]!.GetValue<string>().Should().Contain("?pwd=");
        meeting["start_url"]!.GetValue<string>().Should().Contain("?zak=");
        meeting["password"]!.GetValue<string>().Should().HaveLength(6);
        meeting["settings"]!["join_before_host"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task A_meeting_can_be_changed_read_and_deleted()
    {
        Connect();
        var id = await CreatedIdAsync();

        using var changed = await Client.UpdateAsync(id, new { topic = "Renamed", start_time = "2026-11-25T10:00:00Z" });
        var read = await JsonOf(Client.GetAsync($"v2/meetings/{id}"));
        using var deleted = await Client.DeleteAsync(id);
        using var again = await Client.DeleteAsync(id);

        changed.StatusCode.Should().Be(HttpStatusCode.NoContent);
        read["topic"]!.GetValue<string>().Should().Be("Renamed");
        read["start_time"]!.GetValue<string>().Should().Be("2026-11-25T10:00:00Z");
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        again.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await JsonOf(again))["code"]!.GetValue<int>().Should().Be(3001);
    }

    [Fact]
    public async Task A_past_start_becomes_now_on_create_and_is_ignored_on_update()
    {
        Connect();

        var created = await JsonOf(Client.CreateAsync(Clock.GetUtcNow().AddHours(-5)));
        var id = await CreatedIdAsync();
        await Client.UpdateAsync(id, new { start_time = "2020-01-01T00:00:00Z" });

        created["start_time"]!.GetValue<string>().Should().Be("2026-11-23T09:00:00Z");
        Control.Meetings.Single(m => m.Id == id).StartTime.Should().Be(Tomorrow);
    }

    [Theory]
    [InlineData("""{"topic":"LONG"}""", "topic")]
    [InlineData("""{"duration":0}""", "duration")]
    [InlineData("""{"duration":1441}""", "duration")]
    [InlineData("""{"duration":"30"}""", "duration")]
    [InlineData("""{"start_time":"2026-11-24T09:00:00.000Z"}""", "start_time")]
    [InlineData("""{"start_time":"2026-11-24T09:00:00+01:00"}""", "start_time")]
    [InlineData("""{"start_time":"2026-02-31T09:00:00Z"}""", "start_time")]
    [InlineData("""{"timezone":"Mars/Olympus"}""", "timezone")]
    [InlineData("""{"password":"12345678901"}""", "password")]
    [InlineData("""{"settings":{"waiting_room":"yes"}}""", "settings.waiting_room")]
    [InlineData("""{"settings":{"auto_recording":"tape"}}""", "settings.auto_recording")]
    public async Task What_Zoom_does_not_allow_is_refused_with_the_field_named(string body, string field)
    {
        Connect();
        var json = (JsonObject)JsonNode.Parse(body.Replace("LONG", new string('x', 201), StringComparison.Ordinal))!;

        using var answer = await Client.CreateAsync(Tomorrow, more: json);
        var error = await JsonOf(answer);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        error["code"]!.GetValue<int>().Should().Be(300);
        error["errors"]![0]!["field"]!.GetValue<string>().Should().Be(field);
        Control.Meetings.Should().BeEmpty();
    }

    [Fact]
    public async Task The_list_comes_in_pages_without_past_meetings_and_with_short_agendas()
    {
        Connect();
        var past = await CreatedIdAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        Connect();

        for (var day = 0; day < 5; day++)
        {
            await Client.CreateAsync(Tomorrow.AddDays(day), $"Day {day}", new { agenda = new string('a', 300) });
        }

        var first = await JsonOf(Client.GetAsync("v2/users/me/meetings?type=upcoming&page_size=3"));
        var second = await JsonOf(Client.GetAsync(
            $"v2/users/me/meetings?type=upcoming&page_size=3&next_page_token={Uri.EscapeDataString(first["next_page_token"]!.GetValue<string>())}"));

        Topics(first).Should().Equal("Day 0", "Day 1", "Day 2");
        Topics(second).Should().Equal("Day 3", "Day 4");
        second["next_page_token"]!.GetValue<string>().Should().BeEmpty();
        first["total_records"]!.GetValue<int>().Should().Be(5);
        first["meetings"]![0]!["agenda"]!.GetValue<string>().Should().HaveLength(250);
        Control.Meetings.Should().Contain(m => m.Id == past);
    }

    [Fact]
    public async Task Somebody_elses_meeting_does_not_exist()
    {
        Connect("ben@zoom.test");
        var id = await CreatedIdAsync();
        Connect();

        using var answer = await Client.DeleteAsync(id);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        Control.Meetings.Should().ContainSingle();
    }

    [Fact]
    public async Task Users_who_may_not_host_or_do_not_exist_get_Zooms_error()
    {
        Connect();

        Control.ChangeUser(Ada, ada => ada with { MayHost = false });
        var mayNot = await JsonOf(Client.CreateAsync(Tomorrow));
        Control.ChangeUser(Ada, ada => ada with { Deleted = true });
        var gone = await JsonOf(Client.CreateAsync(Tomorrow));
        Client.AccessToken = "nonsense";
        var nobody = await JsonOf(Client.CreateAsync(Tomorrow));

        mayNot["code"]!.GetValue<int>().Should().Be(3161);
        gone["code"]!.GetValue<int>().Should().Be(1001);
        nobody["code"]!.GetValue<int>().Should().Be(124);
    }

    private static IEnumerable<string> Topics(JsonObject page) => page["meetings"]!.AsArray().Select(m => m!["topic"]!.GetValue<string>());
}
