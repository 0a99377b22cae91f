using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Tests.Zoom;

public sealed class ZoomOptionsTests
{
    [Fact]
    public void All_invalid_options_are_reported_at_once_by_key()
    {
        var options = new ZoomOptions
        {
            OAuthBaseUrl = "http://zoom.us",
            ApiBaseUrl = "api",
            WebhookSecretToken = " ",
            QuotaReserve = 101,
            RequestTimeout = TimeSpan.FromSeconds(16),
            MaxConcurrentRequests = 0,
        };

        var failures = new ZoomOptionsValidator().Validate(null, options).Failures;

        failures.Should().HaveCount(8).And.Contain("Zoom:ClientId is missing. Set it with user-secrets or Zoom__ClientId.");
        failures!.Select(failure => failure.Split(' ')[0]).Should().Equal(
            "Zoom:ClientId",
            "Zoom:ClientSecret",
            "Zoom:OAuthBaseUrl",
            "Zoom:ApiBaseUrl",
            "Zoom:WebhookSecretToken",
            "Zoom:QuotaReserve",
            "Zoom:RequestTimeout",
            "Zoom:MaxConcurrentRequests");
    }

    [Fact]
    public void Plain_http_is_allowed_only_for_this_machine()
    {
        var options = new ZoomOptions
        {
            ClientId = "c",
            ClientSecret = "s",
            OAuthBaseUrl = "http://localhost:5081",
            ApiBaseUrl = "http://127.0.0.1:5081/v2",
        };

        new ZoomOptionsValidator().Validate(null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void The_clients_are_registered_with_settings_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zoom:ClientId"] = "c",
                ["Zoom:ClientSecret"] = "s",
                ["Zoom:QuotaReserve"] = "7",
                ["Zoom:RequestTimeout"] = "00:00:09"
            })
            .Build();
        using var services = new ServiceCollection().AddLogging().AddZoomClient(configuration).BuildServiceProvider();

        services.GetRequiredService<ZoomClient>().Should().NotBeNull();
        services.GetRequiredService<ZoomOAuthClient>().Should().NotBeNull();
        services.GetRequiredService<IOptions<ZoomOptions>>().Value.Should().Be(
            new ZoomOptions { ClientId = "c", ClientSecret = "s", QuotaReserve = 7, RequestTimeout = TimeSpan.FromSeconds(9) });
    }
}
