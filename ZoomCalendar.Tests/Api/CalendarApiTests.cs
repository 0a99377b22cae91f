namespace ZoomCalendar.Tests.Api;

public sealed class CalendarApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Calendars_are_listed_and_read_as_the_platform_describes_them()
    {
        var list = await host.Api.GetAsync($"/calendars/?locationId={host.LocationId}");
        var one = await host.Api.GetAsync($"/calendars/{await host.CalendarIdAsync("consultation")}");

        Specification.Platform.Problems("get", "/calendars/", list).Should().BeEmpty();
        Specification.Platform.Problems("get", "/calendars/{calendarId}", one).Should().BeEmpty();
        list.Body.GetProperty("calendars").EnumerateArray().Select(each => each.GetProperty("slug").GetString()).Should().Contain(["intro-call", "yoga-class"]).And.NotContain("southside-intro");
        one.Body.GetProperty("calendar").GetProperty("calendarType").GetString().Should().Be("round_robin");
        one.Body.GetProperty("calendar").GetProperty("appoinmentPerSlot").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Free_slots_come_by_day_in_the_zone_asked_for()
    {
        var calendar = await host.NewCalendarAsync();
        var from = TimeProvider.System.GetUtcNow().AddDays(1);
        var range = $"startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(2).ToUnixTimeMilliseconds()}";

        var answer = await host.Api.GetAsync($"/calendars/{calendar}/free-slots?{range}&timezone=Asia/Kolkata");

        Specification.Platform.Problems("get", "/calendars/{calendarId}/free-slots", answer).Should().BeEmpty();
        var days = answer.Body.EnumerateObject().Where(day => day.Name != "traceId").ToList();
        days.Should().NotBeEmpty();
        days.Should().OnlyContain(day => day.Value.GetProperty("slots").EnumerateArray().All(slot => slot.GetString()!.StartsWith(day.Name) && slot.GetString()!.EndsWith("+05:30")));
    }

    [Fact]
    public async Task Free_slots_of_several_hosts_are_asked_for_with_brackets()
    {
        var calendar = await host.CalendarIdAsync("consultation");
        var (ada, cleo) = (await host.UserIdAsync("ada@demo.test"), await host.UserIdAsync("cleo@demo.test"));
        var from = TimeProvider.System.GetUtcNow().AddDays(10);
        var range = $"/calendars/{calendar}/free-slots?startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(2).ToUnixTimeMilliseconds()}";

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

        var made = await host.Api.PostAsync("/contacts/upsert", new { locationId = host.LocationId, firstName = "Jo", lastName = "Field", email });
        var changed = await host.Api.PostAsync("/contacts/upsert", new { locationId = host.LocationId, email = email.ToUpperInvariant(), phone = "+1 312 555 0199" });
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

        users.Body.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("email").GetString()).Should().Contain(["ada@demo.test", "ben@demo.test", "cleo@demo.test"]);
    }

    private static int Count(ApiAnswer answer) => answer.Body.EnumerateObject().Where(day => day.Name != "traceId").Sum(day => day.Value.GetProperty("slots").GetArrayLength());
}
