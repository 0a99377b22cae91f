using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ZoomCalendar.Tests.Api;

internal sealed record Received(string Text, JsonElement Body, string Signature)
{
    public string Type => Body.GetProperty("type").GetString()!;

    public string AppointmentId => Body.GetProperty("appointment").GetProperty("id").GetString()!;
}

/// <summary>A webhook receiver. It answers with the given statuses, then with 200.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<int> Answers { get; } = new();

    public IReadOnlyList<Received> Received => [.. _received];

    public string Url => _app.Urls.First() + "/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many have arrived in all.</summary>
    public async Task<IReadOnlyList<Received>> WaitForAsync(int count)
    {
        while (_received.Count < count)
        {
            (await _arrived.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue("{0} were to arrive, but {1} did", count, _received.Count);
        }

        return Received;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        _received.Enqueue(new Received(text, JsonDocument.Parse(text).RootElement, request.Headers["x-ghl-signature"].ToString()));
        _arrived.Release();
        return Results.StatusCode(Answers.TryDequeue(out var status) ? status : 200);
    }
}
