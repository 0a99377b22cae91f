using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Webhooks;

/// <summary>
/// Posts events in the background, signed, and again after 5xx and transport errors; a 4xx is final. Held in memory: a killed
/// sandbox loses unsent events. The receiver must tolerate missing events anyway.
/// </summary>
internal sealed partial class SandboxWebhookSender(
    SandboxOptions options, SandboxClock clock, ILogger<SandboxWebhookSender> logger) : IAsyncDisposable
{
    private const int Kept = 5_000;

    // Zoom waits 3 seconds for an answer.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(3) };
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<SandboxWebhook> _sent = [];

    public string? Url { get; set; } = options.WebhookUrl;

    public IReadOnlyList<SandboxWebhook> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public void Send(string name, long timestamp, JsonObject payload)
    {
        if (Url is { Length: > 0 } url)
        {
            var body = new JsonObject { ["event"] = name, ["event_ts"] = timestamp, ["payload"] = payload }.ToJsonString(SandboxJson.Plain);
            _ = Task.Run(() => SendAsync(name, url, body, _stopping.Token), CancellationToken.None);
        }
    }

    /// <summary>
    /// One attempt of any body, for tests. <paramref name="signature"/> and <paramref name="timestamp"/> replace the right ones.
    /// </summary>
    public async Task<int> PostAsync(string body, string? signature, long? timestamp, CancellationToken cancellationToken)
    {
        using var answer = await PostRawAsync(
            Url ?? throw new ArgumentException("Set the webhook address first."), body, signature, timestamp, cancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>Zoom's validation of the endpoint, which must know the secret.</summary>
    public async Task<bool> ValidateAsync(CancellationToken cancellationToken)
    {
        if (Url is not { Length: > 0 } url)
        {
            return false;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(11));
        var body = new JsonObject
        {
            ["payload"] = new JsonObject { ["plainToken"] = token },
            ["event_ts"] = clock.Now.ToUnixTimeMilliseconds(),
            ["event"] = "endpoint.url_validation",
        };

        try
        {
            using var answer = await PostRawAsync(url, body.ToJsonString(SandboxJson.Plain), null, null, cancellationToken);
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));

            return answer.IsSuccessStatusCode
                && json?["plainToken"]?.GetValue<string>() == token
                && json["encryptedToken"]?.GetValue<string>() == WebhookSignature.Hash(options.WebhookSecretToken, token);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _http.Dispose();
    }

    private async Task SendAsync(string name, string url, string body, CancellationToken cancellationToken)
    {

        var entry = new SandboxWebhook(clock.Now, name, url, body, new List<int>());
        Remember(entry);

        for (var attempt = 0; attempt <= options.WebhookRetries.Count; attempt++)
        {
            if (attempt > 0)
            {
                // Real time, even when the sandbox's clock is shifted or stopped.
                await Task.Delay(options.WebhookRetries[attempt - 1], cancellationToken);
            }

            var status = await TryPostAsync(url, body, cancellationToken);

            lock (_sent)
            {
                var known = _sent.IndexOf(entry);
                entry = entry with { Answers = [.. entry.Answers, status] };

                if (known >= 0)
                {
                    _sent[known] = entry;
                }
            }

            if (status is > 0 and < 500)
            {
                return;
            }
        }

        Log.GaveUp(logger, name);
    }

    private async Task<int> TryPostAsync(string url, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await PostRawAsync(url, body, null, null, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or InvalidOperationException
            or UriFormatException)
        {
            return 0;
        }
    }

    private async Task<HttpResponseMessage> PostRawAsync(
        string url, string body, string? signature, long? timestamp, CancellationToken cancellationToken)
    {
        var seconds = timestamp ?? clock.Now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-zm-request-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("x-zm-signature", signature ?? WebhookSignature.Of(options.WebhookSecretToken, seconds, body));

        return await _http.SendAsync(request, cancellationToken);
    }

    private void Remember(SandboxWebhook entry)
    {
        lock (_sent)
        {
            _sent.Add(entry);

            if (_sent.Count > Kept)
            {
                _sent.RemoveAt(0);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The sandbox's webhook {Name} was not accepted after all its attempts.")]
        public static partial void GaveUp(ILogger logger, string name);
    }
}
