using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

/// <summary>A query parameter is used or refused by name, never ignored.</summary>
public sealed class QueryParameterTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Look_busy_is_refused_for_free_slots()
    {
        var calendar = await host.NewCalendarAsync();

        var on = await host.Api.GetAsync(FreeSlots(calendar) + "&enableLookBusy=true");
        var off = await host.Api.GetAsync(FreeSlots(calendar) + "&enableLookBusy=false");

        on.Status.Should().Be(422);
        on.Message.Should().Contain("enableLookBusy").And.Contain("startDate");
        off.Status.Should().Be(200);
    }

    [Fact]
    public async Task A_parameter_that_another_request_reads_is_refused_where_it_is_not_read()
    {
        (await host.Api.GetAsync($"/calendars/?locationId={host.LocationId}&userId={Guid.NewGuid()}")).Status.Should().Be(422);
        (await host.Api.GetAsync($"/calendars/?locationId={host.LocationId}&limit=1")).Status.Should().Be(422);
        (await host.Api.GetAsync($"/users/?locationId={host.LocationId}&role=admin")).Message.Should().Contain("role");
    }

    [Fact]
    public async Task Write_operations_accept_no_query_parameters()
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.PutAsync($"/calendars/{calendar}?dryRun=true", new { name = "Not renamed" });

        answer.Status.Should().Be(422);
        answer.Message.Should().Contain("dryRun");
        (await host.Api.GetAsync($"/calendars/{calendar}")).Body.GetProperty("calendar").GetProperty("name").GetString().Should()
            .NotBe("Not renamed");
    }

    [Fact]
    public async Task Our_document_lists_each_supported_parameter_of_the_platform()
    {
        using var visitor = host.App.NewVisitor();
        using var document = JsonDocument.Parse(await visitor.GetStringAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths");
        foreach (var (path, method, parameters) in Specification.Platform.QueryParameters)
        {
            if (!paths.TryGetProperty("/api" + path, out var ours) || !ours.TryGetProperty(method, out var operation))
            {
                continue;
            }

            var read = operation.GetProperty("parameters").EnumerateArray().Where(each => each.GetProperty("in").GetString() == "query")
                .Select(each => each.GetProperty("name").GetString());

            // A list is sent with or without brackets after its name.
            read.Should().Contain(parameters, "{0} {1}", method, path);
        }
    }

    private static string FreeSlots(string calendar)
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(1);
        return $"/calendars/{calendar}/free-slots?startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(2).ToUnixTimeMilliseconds()}";
    }
}
