using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Tests.Zoom;

/// <summary>
/// Answers with whatever was put in the queue and remembers what was asked; any further request is a failure of the test.
/// </summary>
internal sealed class StubZoom : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Now);

    public ZoomOptions Options { get; } = new() { ClientId = "client", ClientSecret = "s3cret" };

    public List<Asked> Requests { get; } = [];

    public ZoomClient Client() =>
        Build((http, options, resilience) => new ZoomClient(http, options, resilience, Clock, NullLogger<ZoomClient>.Instance));

    public ZoomOAuthClient OAuth() =>
        Build((http, options, resilience) => new ZoomOAuthClient(http, options, resilience, Clock, NullLogger<ZoomOAuthClient>.Instance));

    public StubZoom Answers(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answers(status, Encoding.UTF8.GetBytes(body), headers);

    public StubZoom Answers(int status, byte[] body, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
            }

            return response;
        });

        return this;
    }

    public StubZoom Throws(Exception exception)
    {
        _answers.Enqueue(() => throw exception);

        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(new Asked(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.Authorization!.ToString(),
            request.Content?.Headers.ContentType?.ToString(),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));

        return _answers.TryDequeue(out var answer)
            ? answer()
            : throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}.");
    }

    private T Build<T>(Func<HttpClient, IOptions<ZoomOptions>, ZoomResilience, T> create)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);

        return create(new HttpClient(this), options, new ZoomResilience(options, Clock));
    }

    internal sealed record Asked(string Method, string Address, string Authorization, string? ContentType, string Body);
}
