using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Polly.RateLimiting;
using Polly.Timeout;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Reads the value of a successful response. False: the body cannot be read.</summary>
internal delegate bool ZoomReader<T>(ZoomResponse response, [MaybeNullWhen(false)] out T value);

/// <summary>
/// Sends requests, reads at most 1 MB of the response, and turns every failure into a <see cref="ZoomError"/>. Only the caller's
/// cancellation throws.
/// </summary>
internal sealed partial class ZoomHttp(HttpClient http, ZoomResilience resilience, TimeProvider clock, ILogger logger)
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>A <c>Date</c> header that differs more from our clock is ignored.</summary>
    private static readonly TimeSpan MaxClockError = TimeSpan.FromDays(1);

    public async Task<ZoomResult<T>> SendAsync<T>(
        ZoomCall call, ZoomReader<T> read, Func<ZoomResponse, DateTimeOffset, ZoomError> classify, CancellationToken cancellationToken)
    {
        using var measured = Metrics.ZoomRequest(call.Kind);
        var exchange = await ExchangeAsync(call, cancellationToken);

        if (exchange.Response is { IsSuccess: true, IsTooLarge: false } success && read(success, out var value))
        {
            measured.Outcome = "ok";
            Log.Succeeded(logger, call.Method, call.Template, success.Status, success.TrackingId);

            return new ZoomResult<T>.Ok(value, success.Date);
        }

        var error = exchange.TransportError ?? classify(exchange.Response!, clock.GetUtcNow());
        measured.Outcome = error.Kind.ToString();
        Log.Failed(logger, call.Method, call.Template, error.Kind, error.HttpStatus, error.Code, error.TrackingId);

        return new ZoomResult<T>.Failed(error);
    }

    private async Task<ZoomExchange> ExchangeAsync(ZoomCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await (call.IsRead ? resilience.Read : resilience.Once).ExecuteAsync(
                static async (state, token) => await state.Self.AttemptAsync(state.call, token),
                (Self: this, call),
                cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return ZoomExchange.Failed(ZoomErrorKind.OutcomeUnknown, "No complete answer in time.");
        }
        catch (RateLimiterRejectedException)
        {
            return ZoomExchange.Failed(ZoomErrorKind.NotSent, "Too many requests of our own in flight.");
        }
    }

    private async ValueTask<ZoomExchange> AttemptAsync(ZoomCall call, CancellationToken cancellationToken)
    {
        try
        {
            using var message = call.ToMessage();
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

            return ZoomExchange.Answered(await ReadAsync(response, cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            return IsBeforeConnection(exception.HttpRequestError)
                ? ZoomExchange.Failed(ZoomErrorKind.NotSent, $"No connection: {exception.HttpRequestError}.")
                : ZoomExchange.Failed(ZoomErrorKind.OutcomeUnknown, $"The connection broke: {exception.HttpRequestError}.");
        }
        catch (IOException)
        {
            return ZoomExchange.Failed(ZoomErrorKind.OutcomeUnknown, "The answer broke off.");
        }
        catch (OperationCanceledException exception) when (
            exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // Neither the caller nor our time-out cancelled, so it was the handler's connect time-out.
            return ZoomExchange.Failed(ZoomErrorKind.NotSent, "No connection in time.");
        }
    }

    private static bool IsBeforeConnection(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    private async Task<ZoomResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response.Content, cancellationToken);

        return new ZoomResponse((int)response.StatusCode)
        {
            Body = body ?? ReadOnlyMemory<byte>.Empty,
            IsTooLarge = body is null,
            RateLimitType = Header("X-RateLimit-Type"),
            RetryAfter = Header("Retry-After"),
            TrackingId = Header("x-zm-trackingid") is { } id ? ZoomText.Cut(id, 100) : null,
            Date = response.Headers.Date is { } date && (date - clock.GetUtcNow()).Duration() < MaxClockError ? date : null,
        };

        // Not validated: Zoom's Retry-After is an ISO 8601 instant, which .NET rejects.
        string? Header(string name) => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
    }

    /// <summary>Null if the body exceeds the limit.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;

        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Zoom {Method} {Template}: {Status}, tracking id {TrackingId}")]
        public static partial void Succeeded(ILogger logger, HttpMethod method, string template, int status, string? trackingId);

        [LoggerMessage(LogLevel.Warning, "Zoom {Method} {Template}: {Kind}, status {Status}, code {Code}, tracking id {TrackingId}")]
        public static partial void Failed(
            ILogger logger, HttpMethod method, string template, ZoomErrorKind kind, int? status, int? code, string? trackingId);
    }
}
