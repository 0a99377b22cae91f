using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ZoomCalendar.Web.Startup.Logs;

/// <summary>
/// Writes one JSON object per line, with trace ids: setting <c>Logging:Console:FormatterName=lines</c>. Scopes are left out: the
/// framework's scopes contain paths, and some of our paths contain secrets.
/// </summary>
internal sealed class JsonLinesFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow());
            json.WriteString("level", entry.LogLevel.ToString());
            json.WriteString("category", entry.Category);
            json.WriteString("event", entry.EventId.Name ?? entry.EventId.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("message", LogRedaction.Clean(entry.Formatter(entry.State, entry.Exception)));
            json.WriteString("node", Environment.MachineName);
            json.WriteNumber("process", Environment.ProcessId);
            if (Activity.Current is { } activity)
            {
                json.WriteString("trace", activity.TraceId.ToHexString());
                json.WriteString("span", activity.SpanId.ToHexString());
            }

            WriteValues(json, entry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            if (entry.Exception is { } exception)
            {
                json.WriteString("exception", LogRedaction.Clean(exception.ToString()));
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        json.WriteStartObject("values");
        foreach (var (key, value) in values)
        {
            if (key != "{OriginalFormat}" && value is not null)
            {
                json.WriteString(key, LogRedaction.Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
            }
        }

        json.WriteEndObject();
    }
}
