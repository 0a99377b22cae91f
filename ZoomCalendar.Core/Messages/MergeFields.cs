using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Templates are plain text with fields such as <c>{{contact.name}}</c>. A line with a field that is empty this time is left out.</summary>
public static partial class MergeFields
{
    public static IReadOnlyList<string> All { get; } =
    [
        "contact.name", "contact.first_name", "contact.email", "contact.phone",
        "appointment.title", "appointment.start_time", "appointment.end_time", "appointment.timezone", "appointment.calendar_time", "appointment.former_start_time",
        "appointment.meeting_location", "appointment.link_status", "appointment.reschedule_link", "appointment.cancellation_link", "appointment.notes",
        "calendar.name", "calendar.description", "host.name", "business.name",
    ];

    /// <returns>Fields of the text that there are not; empty: it can be stored.</returns>
    public static IReadOnlyList<string> Unknown(string template) =>
        [.. Field().Matches(template).Select(match => match.Groups["name"].Value).Where(name => !All.Contains(name)).Distinct()];

    /// <summary>Braces that are no field's would go out as they stand.</summary>
    public static bool HasBrokenField(string template) => Field().Replace(template, "").Contains("{{", StringComparison.Ordinal);

    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var lines = template.ReplaceLineEndings("\n").Split('\n')
            .Where(line => Field().Matches(line).All(match => values.GetValueOrDefault(match.Groups["name"].Value, "").Length > 0))
            .Select(line => Field().Replace(line, match => values[match.Groups["name"].Value]));
        return ManyBlankLines().Replace(string.Join('\n', lines), "\n\n").Trim('\n');
    }

    /// <summary>A subject: one line, nothing left out.</summary>
    public static string FillLine(string template, IReadOnlyDictionary<string, string> values) =>
        StorableText.OneLine(Field().Replace(template, match => values.GetValueOrDefault(match.Groups["name"].Value, "")));

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}\s]*)\s*\}\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyBlankLines();
}
