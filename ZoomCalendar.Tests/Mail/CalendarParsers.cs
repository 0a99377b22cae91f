using System.Text.Json;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>What independent parsers read in an invitation.</summary>
internal sealed record ReadEvent(DateTimeOffset Start, DateTimeOffset End, string Uid, int Sequence, string Status, string Method);

/// <summary>Mozilla's parser, by npm.</summary>
internal static class IcalJs
{
    private const string Script =
        """
        import ICAL from "ical.js";
        import { readFileSync } from "node:fs";
        const read = text => {
          const root = new ICAL.Component(ICAL.parse(text));
          for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
          const event = new ICAL.Event(root.getFirstSubcomponent("vevent"));
          const instant = time => new Date(time.toUnixTime() * 1000).toISOString();
          return {
            Start: instant(event.startDate), End: instant(event.endDate), Uid: event.uid, Sequence: event.sequence,
            Status: event.component.getFirstPropertyValue("status"), Method: root.getFirstPropertyValue("method"),
          };
        };
        console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
        """;

    public static async Task<List<ReadEvent>> ReadAsync(IReadOnlyList<string> invitations)
    {
        var folder = Directory.CreateTempSubdirectory("zoomcalendar-ical-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Mail", "ical-parser")))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "read.js"), Script);
            await Programs.RunAsync("npm", folder, "", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--silent");
            var output = await Programs.RunAsync("node", folder, JsonSerializer.Serialize(invitations), "read.js");
            return JsonSerializer.Deserialize<List<ReadEvent>>(output)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>Debian's python3-icalendar.</summary>
internal static class PythonIcalendar
{
    public const string Package = "/usr/lib/python3/dist-packages/icalendar";

    private const string Script =
        """
        import json, sys
        from datetime import timezone
        from icalendar import Calendar

        def read(text):
            calendar = Calendar.from_ical(text)
            event = next(part for part in calendar.walk() if part.name == "VEVENT")
            instant = lambda name: event.decoded(name).astimezone(timezone.utc).isoformat()
            return {"Start": instant("DTSTART"), "End": instant("DTEND"), "Uid": str(event["UID"]), "Sequence": int(event["SEQUENCE"]),
                    "Status": str(event["STATUS"]), "Method": str(calendar["METHOD"])}

        print(json.dumps([read(text) for text in json.load(sys.stdin)]))
        """;

    public static async Task<List<ReadEvent>> ReadAsync(IReadOnlyList<string> invitations) =>
        JsonSerializer.Deserialize<List<ReadEvent>>(
            await Programs.RunAsync(SmtpServerFactAttribute.Python, "/", JsonSerializer.Serialize(invitations), "-c", Script))!;
}

/// <summary>
/// A test that needs Debian's python3-icalendar. Without it, it is skipped with the reason, unless everything is required.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonIcalendarFactAttribute : FactAttribute
{
    public PythonIcalendarFactAttribute()
    {
        if (!Directory.Exists(PythonIcalendar.Package) && !Requirements.AreAll)
        {
            Skip = "Debian's python3-icalendar is not installed.";
        }
    }
}
