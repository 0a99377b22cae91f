using System.Net;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class RateLimitTests : SandboxTest
{
    [Fact]
    public async Task Create_update_and_delete_count_also_when_refused_and_reads_do_not()
    {
        Connect();
        var id = await CreatedIdAsync();

        await Client.UpdateAsync(id, new { topic = "Renamed" });
        await Client.UpdateAsync(id, new { duration = 0 });
        await Client.DeleteAsync(id);
        await Client.DeleteAsync(id);
        await Client.GetAsync("v2/users/me/meetings");
        await Client.GetAsync("v2/users/me");

        Control.CountToday(Ada).Should().Be(5);
        Control.Requests.Where(r => r.Counted).Select(r => r.Status).Should().Equal(201, 204, 400, 204, 404);
    }

    [Fact]
    public async Task The_101st_is_refused_in_Zooms_words_until_midnight_utc()
    {
        Connect();
        Control.SetCount(Ada, 99);

        using var hundredth = await Client.CreateAsync(Tomorrow);
        using var refused = await Client.CreateAsync(Tomorrow);
        Connect("ben@zoom.test");
        using var another = await Client.CreateAsync(Tomorrow);
        Clock.Advance(TimeSpan.FromHours(15));
        Connect();
        using var nextDay = await Client.CreateAsync(Tomorrow);

        hundredth.StatusCode.Should().Be(HttpStatusCode.Created);
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.Should().BeNull();
        (await JsonOf(refused)).ToJsonString().Should().Be(
            """{"code":429,"message":"You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00."}""");
        another.StatusCode.Should().Be(HttpStatusCode.Created);
        nextDay.StatusCode.Should().Be(HttpStatusCode.Created);
        Control.CountOn(Ada, new DateOnly(2026, 11, 23)).Should().Be(101);
        Control.CountToday(Ada).Should().Be(1);
    }

    [Fact]
    public async Task Requests_per_second_are_limited_when_asked_for()
    {
        Connect();
        Control.RequestsPerSecond = 2;

        await Client.GetAsync("v2/users/me");
        await Client.GetAsync("v2/users/me");
        using var third = await Client.GetAsync("v2/users/me");
        Clock.Advance(TimeSpan.FromSeconds(1));
        using var later = await Client.GetAsync("v2/users/me");

        (await JsonOf(third))["message"]!.GetValue<string>().Should().Contain("per-second");
        later.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
