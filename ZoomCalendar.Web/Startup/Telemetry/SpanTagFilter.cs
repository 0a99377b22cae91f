using System.Diagnostics;
using OpenTelemetry;

namespace ZoomCalendar.Web.Startup.Telemetry;

/// <summary>
/// Removes all tags from spans except those that never contain a secret. Paths do: a link to cancel or to reschedule works for everyone who
/// has it.
/// </summary>
internal sealed class SpanTagFilter : BaseProcessor<Activity>
{
    private static readonly HashSet<string> AllowedTags =
    [
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
        "db.system", "db.system.name", "db.namespace", "db.operation.name", "db.response.status_code", "otel.status_code",
        "verb", "kind", "outcome",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.ToList())
        {
            if (!AllowedTags.Contains(tag.Key))
            {
                data.SetTag(tag.Key, null);
            }
        }

        if (data.Status is ActivityStatusCode.Error)
        {
            // Removes the description, which is the message of an exception.
            data.SetStatus(ActivityStatusCode.Error);
        }
    }
}
