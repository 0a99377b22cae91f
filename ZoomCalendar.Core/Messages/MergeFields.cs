using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Fills templates: plain text with fields such as <c>{{contact.name}}</c>. A line with an empty field is left out.</summary>
public static partial class MergeFields
{
    /// <summary>The names of all fields.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "contact.name", "contact.first_name", "contact.email", "contact.phone",
        "appointment.title",
        "appointment.start_time",
        "appointment.end_time",
        "appointment.timezone",
        "appointment.calendar_time",
        "appointment.former_start_time",
        "appointment.meeting_location",
        "appointment.meeting_id",
        "appointment.passcode",
        "appointment.link_status",
        "appointment.reschedule_link",
        "appointment.cancellation_link",
        "appointment.notes",
        "calendar.name", "calendar.description", "host.name", "business.name",
    ];

    /// <summary>The fields of a template that do not exist; empty if it can be stored.</summary>
    public static IReadOnlyList<string> Unknown(string template) =>
        [.. Field().Matches(template).Select(match => match.Groups["name"].Value).Where(name => !All.Contains(name)).Distinct()];

    /// <summary>Whether the text has braces that do not form a field and would be sent as they are.</summary>
    public static bool HasBrokenField(string template) => Field().Replace(template, "").Contains("{{", StringComparison.Ordinal);

    /// <summary>Fills a body.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var lines = template.ReplaceLineEndings("\n").Split('\n')
            .Where(line => Field().Matches(line).All(match => values.GetValueOrDefault(match.Groups["name"].Value, "").Length > 0))
            .Select(line => Field().Replace(line, match => values[match.Groups["name"].Value]));
        return ManyBlankLines().Replace(string.Join('\n', lines), "\n\n").Trim('\n');
    }

    /// <summary>Fills a subject: one line, in which empty fields stay empty.</summary>
    public static string FillLine(string template, IReadOnlyDictionary<string, string> values) =>
        StorableText.OneLine(Field().Replace(template, match => values.GetValueOrDefault(match.Groups["name"].Value, "")));

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}\s]*)\s*\}\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyBlankLines();
}
