using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ZoomCalendar.Core.Events;

/// <summary>
/// What is measured and traced, under the name <see cref="Name"/>. Tags are words from short lists (a kind, an outcome): never an id, an address,
/// a link or anything of a person. Costs next to nothing while nobody listens.
/// </summary>
public static class Metrics
{
    public const string Name = "ZoomCalendar";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Histogram<double> Bookings = Meter.CreateHistogram<double>("zoomcalendar.booking.duration", "s", "From the request to the commit, by verb and outcome.");
    private static readonly Histogram<double> ZoomRequests = Meter.CreateHistogram<double>("zoomcalendar.zoom.request.duration", "s", "Requests to Zoom, by kind and outcome.");
    private static readonly Histogram<int> QuotaLeft = Meter.CreateHistogram<int>("zoomcalendar.quota.left_at_request", "{request}", "What a Zoom user had left of the day's 100 when a request was counted.");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("zoomcalendar.deliveries", "{delivery}", "Messages and outgoing webhooks, by queue and outcome.");

    /// <summary>One change of the calendar: dispose it when it is over.</summary>
    internal static Measurement Booking(string verb) => new(Source.StartActivity("booking " + verb), Bookings, "verb", verb);

    /// <summary>One request to Zoom, repetitions of a read included.</summary>
    internal static Measurement ZoomRequest(string kind) => new(Source.StartActivity("zoom " + kind, ActivityKind.Client), ZoomRequests, "kind", kind);

    internal static void QuotaTaken(int left) => QuotaLeft.Record(left);

    public static void Delivery(string queue, string outcome) => Deliveries.Add(1, new("queue", queue), new("outcome", outcome));
}

/// <summary>A duration with one tag and an outcome, and the span around it.</summary>
internal sealed class Measurement(System.Diagnostics.Activity? span, Histogram<double> durations, string tag, string value) : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>A word from a short list; stays "failed" if an exception ends it.</summary>
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
