using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ZoomCalendar.Tests.Web.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps it as it came: names and values stand in it in plain bytes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.First();

    public string Metrics => Of("/v1/metrics");

    public string Traces => Of("/v1/traces");

    public string Logs => Of("/v1/logs");

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var receiver = new OtlpReceiver(server);
        server.MapPost("/v1/{kind}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver._received.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Of(string path) => string.Concat(_received.Where(one => one.Path == path).Select(one => one.Body));
}
