using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class SandboxWebhookTests : SandboxTest
{
    private readonly Channel<(string Timestamp, string Signature, string Body)> _received =
        Channel.CreateUnbounded<(string, string, string)>();
    private readonly Queue<int> _statuses = new();

    protected override SandboxOptions Options => new() { Port = 0, WebhookRetries = [TimeSpan.Zero, TimeSpan.Zero] };

    [Fact]
    public async Task A_meeting_deleted_by_hand_sends_a_signed_webhook()
    {
        await using var receiver = await ReceiverAsync();
        var meeting = Control.CreateByHand(Ada, "By hand", Tomorrow);

        Control.DeleteByHand(meeting.Id);
        var (timestamp, signature, body) = await NextAsync();
        var json = JsonNode.Parse(body)!;

        timestamp.Should().Be("1795424400");
        signature.Should().Be("v0=" + Hash($"v0:{timestamp}:{body}"));
        json["event"]!.GetValue<string>().Should().Be("meeting.deleted");
        json["payload"]!["object"]!["id"]!.GetValue<long>().Should().Be(meeting.Id);
    }

    [Fact]
    public async Task An_update_through_the_API_sends_a_webhook_with_the_changes()
    {
        await using var receiver = await ReceiverAsync();
        Connect();
        var id = await CreatedIdAsync();

        await Client.UpdateAsync(id, new { topic = "Renamed", duration = 30 });
        var payload = JsonNode.Parse((await NextAsync()).Body)!["payload"]!;

        payload["object"]!.ToJsonString().Should().Be($$"""{"id":{{id}},"topic":"Renamed"}""");
        payload["old_object"]!.ToJsonString().Should().Be($$"""{"id":{{id}},"topic":"A talk"}""");
    }

    [Fact]
    public async Task Revoking_sends_app_deauthorized_again_after_a_server_error_but_not_after_a_4xx()
    {
        await using var receiver = await ReceiverAsync(500, 400);
        var tokens = Connect();

        await Client.RevokeAsync(tokens.AccessToken);
        var first = await NextAsync();
        var second = await NextAsync();
        Control.DeleteByHand(Control.CreateByHand(Ada, "Next", Tomorrow).Id);
        var third = await NextAsync();

        second.Body.Should().Be(first.Body).And.Contain("app_deauthorized").And.Contain(Control.User(Ada).Id);
        third.Body.Should().Contain("meeting.deleted");
    }

    [Fact]
    public async Task The_webhook_address_is_validated_with_the_secret()
    {
        await using var receiver = await ReceiverAsync();

        var valid = await Control.ValidateWebhookUrlAsync();
        Control.WebhookUrl = $"{Server.BaseAddress}sandbox/elsewhere";
        var invalid = await Control.ValidateWebhookUrlAsync();

        valid.Should().BeTrue();
        invalid.Should().BeFalse();
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData("sandbox-webhook-secret"u8, Encoding.UTF8.GetBytes(text)));

    private async Task<(string Timestamp, string Signature, string Body)> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _received.Reader.ReadAsync(patience.Token);
    }

    private async Task<WebApplication> ReceiverAsync(params int[] statuses)
    {
        Array.ForEach(statuses, _statuses.Enqueue);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/hook", AnswerAsync);
        await app.StartAsync();
        Control.WebhookUrl = app.Urls.Single() + "/hook";

        return app;
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        await _received.Writer.WriteAsync(
            (request.Headers["x-zm-request-timestamp"].ToString(), request.Headers["x-zm-signature"].ToString(), body));

        return JsonNode.Parse(body)!["payload"]!["plainToken"]?.GetValue<string>() is { } token
            ? Results.Json(new { plainToken = token, encryptedToken = Hash(token) })
            : Results.StatusCode(_statuses.TryDequeue(out var status) ? status : 200);
    }
}
