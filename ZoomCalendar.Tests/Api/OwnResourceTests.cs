using System.Text.Json;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Tests.Api;

/// <summary>Resources that the platform's API lacks, checked against our document.</summary>
public sealed class OwnResourceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Appointment = "/calendars/events/appointments/{eventId}";

    [Fact]
    public async Task The_link_state_and_history_of_an_appointment_can_be_read()
    {
        var calendar = await host.NewCalendarAsync(MeetingLocation.Zoom);
        var free = await host.FreeAsync(calendar);
        var booked = await host.BookAsync(calendar, free[0]);
        await host.Api.PutAsync($"/calendars/events/appointments/{booked.Id}", new { startTime = free[1] });

        var link = await host.Api.GetAsync($"/calendars/events/appointments/{booked.Id}/link");
        var first = await host.Api.GetAsync($"/calendars/events/appointments/{booked.Id}/history?limit=1");
        var rest = await host.Api.GetAsync(
            $"/calendars/events/appointments/{booked.Id}/history?cursor={first.Body.GetProperty("nextCursor").GetString()}");

        var document = await DocumentAsync();
        document.Problems("get", Appointment + "/link", link).Should().BeEmpty();
        document.Problems("get", Appointment + "/history", rest).Should().BeEmpty();
        booked.Body.GetProperty("address").GetString().Should().BeEmpty();
        // Its host is not connected.
        link.Body.GetProperty("link").GetProperty("state").GetString().Should().BeOneOf("waiting", "onItsWay");
        first.Body.GetProperty("history")[0].GetProperty("kind").GetString().Should().Be("AppointmentBooked");
        rest.Body.GetProperty("history").EnumerateArray().Select(each => each.GetProperty("kind").GetString()).Should()
            .Contain("AppointmentMoved");
    }

    [Fact]
    public async Task A_users_connection_can_be_read_and_another_sub_accounts_user_is_not_found()
    {
        var zoom = await host.Api.GetAsync($"/users/{await host.UserIdAsync("cleo@demo.test")}/zoom");
        var unknown = await host.Api.GetAsync($"/users/{Guid.NewGuid()}/zoom");

        (await DocumentAsync()).Problems("get", "/users/{userId}/zoom", zoom).Should().BeEmpty();
        zoom.Body.GetProperty("isConnected").GetBoolean().Should().BeFalse();
        unknown.Status.Should().Be(404);
    }

    [Fact]
    public async Task Our_document_describes_our_answers_including_the_platforms_operations()
    {
        var document = await DocumentAsync();
        var calendar = await host.NewCalendarAsync();
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);
        var from = TimeProvider.System.GetUtcNow();
        var range = $"startTime={from.ToUnixTimeMilliseconds()}&endTime={from.AddDays(9).ToUnixTimeMilliseconds()}";

        (string Path, string Method, ApiResponse Answer)[] answers =
        [
            ("/calendars/events/appointments", "post", booked),
            (Appointment, "get", await host.Api.GetAsync($"/calendars/events/appointments/{booked.Id}")),
            ("/calendars/events", "get", await host.Api.GetAsync($"/calendars/events?locationId={host.LocationId}&{range}")),
            ("/calendars", "get", await host.Api.GetAsync($"/calendars/?locationId={host.LocationId}")),
            ("/users", "get", await host.Api.GetAsync($"/users/?locationId={host.LocationId}")),
            ("/contacts/{contactId}", "get", await host.Api.GetAsync($"/contacts/{await host.NewContactAsync()}")),
            ("/contacts/{contactId}", "get", await host.Api.GetAsync($"/contacts/{Guid.NewGuid()}")),
            ("/webhooks", "get", await host.Api.GetAsync("/webhooks/")),
            ("/webhooks", "post", await host.Api.PostAsync("/webhooks/", new { url = "https://example.com/hook" })),
            ("/webhooks", "post", await host.Api.PostAsync("/webhooks/", new { })),
        ];

        answers.SelectMany(each => document.Problems(each.Method, each.Path, each.Answer).Select(
            problem => $"{each.Method} {each.Path}: {problem}")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_document_has_examples_and_a_page_to_read_it()
    {
        using var visitor = host.App.NewVisitor();
        using var document = JsonDocument.Parse(await visitor.GetStringAsync("/openapi/v1.json"));
        var page = await visitor.GetAsync("/api-docs/");

        var post = document.RootElement.GetProperty("paths").GetProperty("/api/calendars/events/appointments").GetProperty("post");
        post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("title")
            .GetString().Should().NotBeEmpty();
        page.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("'nonce-").And.NotContain("script-src 'unsafe-inline'");
    }

    private async Task<Specification> DocumentAsync()
    {
        using var visitor = host.App.NewVisitor();
        return new Specification(JsonDocument.Parse(await visitor.GetStringAsync("/openapi/v1.json")).RootElement, "/api");
    }
}
