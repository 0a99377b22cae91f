using System.Diagnostics;
using OpenTelemetry;

namespace ZoomCalendar.Web.Startup.Telemetry;

/// <summary>
/// Lets only tags leave that are known to hold no secret. Paths do: links to cancel and to reschedule are addresses, and whoever reads one may use it.
/// </summary>
internal sealed class SpanTags : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Harmless =
    [
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
        "db.system", "db.system.name", "db.namespace", "db.operation.name", "db.response.status_code", "otel.status_code",
        "verb", "kind", "outcome",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.ToList())
        {
            if (!Harmless.Contains(tag.Key))
            {
                data.SetTag(tag.Key, null);
            }
        }

        if (data.Status is ActivityStatusCode.Error)
        {
            // Its description is an exception's message.
            data.SetStatus(ActivityStatusCode.Error);
        }
    }
}
