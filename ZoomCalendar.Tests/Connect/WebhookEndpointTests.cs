using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Connect;

public sealed class WebhookEndpointTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Body = """{"event":"meeting.deleted","event_ts":1700000000000,"payload":{"account_id":"a","object":{"id":"81234567890","host_id":"h"}}}""";

    private SandboxServer Zoom => app.Services.GetRequiredService<SandboxHost>().Server!;

    private static long Seconds => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task S131_A_valid_fresh_webhook_is_accepted_once()
    {
        (await Zoom.Control.PostWebhookAsync(Body)).Should().Be(200);
        (await Zoom.Control.PostWebhookAsync(Body)).Should().Be(200);

        await using var db = await app.OpenDatabaseAsync();
        (await db.WebhookMessages.CountAsync()).Should().Be(1);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task S131_An_old_or_future_time_is_refused(int offset) =>
        (await Zoom.Control.PostWebhookAsync(Body, timestamp: Seconds + offset)).Should().Be(401);

    [Fact]
    public async Task S131_A_wrong_signature_is_refused() =>
        (await Zoom.Control.PostWebhookAsync(Body, signature: "v0=" + new string('0', 64))).Should().Be(401);

    [Fact]
    public async Task S131_A_body_over_the_cap_is_refused() =>
        (await Zoom.Control.PostWebhookAsync(new string(' ', WebhookEndpoint.MaxBytes + 1))).Should().Be(413);

    [Fact]
    public async Task S131_Without_a_configured_secret_every_webhook_is_refused()
    {
        await using var unset = await AppHost.StartAsync(host =>
        {
            host.UseSetting("Zoom:ClientId", "a");
            host.UseSetting("Zoom:ClientSecret", "b");
        });
        using var sender = unset.NewVisitor();
        var timestamp = Seconds;
        var signature = "v0=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes($"v0:{timestamp}:{Body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/zoom/webhooks") { Content = new StringContent(Body) };
        request.Headers.Add("x-zm-request-timestamp", $"{timestamp}");
        request.Headers.Add("x-zm-signature", signature);

        (await sender.SendAsync(request)).StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_signed_unreadable_body_returns_400() =>
        (await Zoom.Control.PostWebhookAsync("no json")).Should().Be(400);

    [Fact]
    public async Task S132_The_endpoint_proves_that_it_knows_the_secret() =>
        (await Zoom.Control.ValidateWebhookUrlAsync()).Should().BeTrue();
}
