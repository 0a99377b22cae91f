using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ZoomCalendar.Tests.Api;

/// <summary>A webhook receiver for many paths. It answers those under <c>/slow/</c> only when the test releases them.</summary>
internal sealed class HeldReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> _inFlight = new();

    private HeldReceiver(WebApplication app) => _app = app;

    /// <summary>The status for a path. Default: 200.</summary>
    public ConcurrentDictionary<string, int> Statuses { get; } = new();

    public int MostInFlightOnOnePath { get; private set; }

    public IReadOnlyList<(string Path, string Body)> Received => [.. _received];

    public static async Task<HeldReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new HeldReceiver(app);
        app.MapPost("/{kind}/{name}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public string Url(string path) => $"{_app.Urls.First()}/{path}";

    public IEnumerable<string> At(string path) => Received.Where(each => each.Path == $"/{path}").Select(each => each.Body);

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var (path, body) = (request.Path.Value!, await reader.ReadToEndAsync());
        _received.Enqueue((path, body));
        lock (_received)
        {
            MostInFlightOnOnePath = Math.Max(MostInFlightOnOnePath, _inFlight.AddOrUpdate(path, 1, (_, count) => count + 1));
        }

        if (path.StartsWith("/slow/", StringComparison.Ordinal))
        {
            await Task.WhenAny(_released.Task, Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted));
        }

        _inFlight.AddOrUpdate(path, 0, (_, count) => count - 1);
        return Results.StatusCode(Statuses.GetValueOrDefault(path, 200));
    }
}
