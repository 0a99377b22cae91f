using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Tests.Web.Telemetry;

namespace ZoomCalendar.Tests.Api;

/// <summary>Anybody can send requests without a valid token. They must not fill the log.</summary>
public sealed class QuietRefusalTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer pit-0000000000000000000000000000")]
    [InlineData("Bearer nonsense")]
    public async Task A_request_without_a_valid_token_writes_no_log_line(string? authorization)
    {
        var lines = new LogLines();
        await using var app = await AppHost.StartAsync(
            host => host.ConfigureServices(services => services.AddLogging(logging => logging.AddProvider(lines))));
        using var program = app.NewVisitor();
        program.DefaultRequestHeaders.Add("Version", "2021-04-15");
        if (authorization is not null)
        {
            program.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        for (var request = 0; request < 5; request++)
        {
            (await program.GetAsync("/api/calendars")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        lines.All.Should().NotBeEmpty("the app logs");
        lines.All.Where(line => line.Contains("TokenAuthentication", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
