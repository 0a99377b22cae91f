using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ZoomCalendar.Core.Events;

/// <summary>
/// Metrics and traces, under the name <see cref="Name"/>. Tag values come from short lists (a kind, an outcome). They never contain an id,
/// an address, a link or personal data. Thread-safe.
/// </summary>
public static class Metrics
{
    public const string Name = "ZoomCalendar";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Histogram<double> Bookings = Meter.CreateHistogram<double>(
        "zoomcalendar.booking.duration", "s", "From the request to the commit, by verb and outcome.");
    private static readonly Histogram<double> ZoomRequests = Meter.CreateHistogram<double>(
        "zoomcalendar.zoom.request.duration", "s", "Requests to Zoom, by kind and outcome.");
    private static readonly Histogram<int> QuotaLeft = Meter.CreateHistogram<int>(
        "zoomcalendar.quota.left_at_request", "{request}", "What a Zoom user had left of the day's 100 when a request was counted.");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "zoomcalendar.deliveries", "{delivery}", "Messages and outgoing webhooks, by queue and outcome.");

    /// <summary>Measures one booking, move, edit or cancellation. Dispose it at the end.</summary>
    internal static Measurement Booking(string verb) => new(Source.StartActivity("booking " + verb), Bookings, "verb", verb);

    /// <summary>Measures one request to Zoom, including the retry of a read.</summary>
    internal static Measurement ZoomRequest(string kind) =>
        new(Source.StartActivity("zoom " + kind, ActivityKind.Client), ZoomRequests, "kind", kind);

    internal static void QuotaTaken(int left) => QuotaLeft.Record(left);

    /// <summary>Counts one delivery attempt of a message or a webhook.</summary>
    public static void Delivery(string queue, string outcome) => Deliveries.Add(1, new("queue", queue), new("outcome", outcome));
}

/// <summary>Measures one operation: a duration with a tag and an outcome, and a trace span.</summary>
internal sealed class Measurement(System.Diagnostics.Activity? span, Histogram<double> durations, string tag, string value) : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>A value from a short list. It is "failed" unless it is set.</summary>
    public string Outcome { private get; set; } = "failed";

    public void Dispose()
    {
        durations.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, new(tag, value), new("outcome", Outcome));
        span?.SetTag(tag, value).SetTag("outcome", Outcome);
        if (Outcome is "failed")
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        span?.Dispose();
    }
}
