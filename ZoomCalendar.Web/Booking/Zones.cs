using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Web.Booking;

/// <summary>The time zones of inhabited places, as the tz database lists them by country.</summary>
internal static class Zones
{
    private static readonly HashSet<string> Listed = [.. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(location => location.ZoneId)];

    /// <summary>
    /// Browsers still say Asia/Katmandu and Asia/Calcutta. A name that is in use is left alone, though it may be another's alias.
    /// </summary>
    public static string PresentName(string id) =>
        !Listed.Contains(id) && TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(id, out var present) ? present : id;

    // The offsets change with the seasons, so the options are rendered once a day that is looked at. The number of days is bounded.
    private const int DaysKept = 40;

    private static readonly ConcurrentDictionary<LocalDate, (string Html, IReadOnlyDictionary<string, int> After)> Written = new();

    /// <summary>
    /// The options of a select with one zone chosen and the offsets of one day. The 400 options are the larger part of a page.
    /// </summary>
    public static string OptionsWith(string id, Instant at)
    {
        if (Written.Count > DaysKept)
        {
            Written.Clear();
        }

        var (html, after) = Written.GetOrAdd(at.InUtc().Date, Write);
        return after.TryGetValue(id, out var place) ? string.Concat(html.AsSpan(0, place), " selected", html.AsSpan(place)) : html;
    }

    private static (string Html, IReadOnlyDictionary<string, int> After) Write(LocalDate day)
    {
        var noon = day.At(LocalTime.Noon).InUtc().ToInstant().ToDateTimeOffset();
        var (html, after) = (new StringBuilder(), new Dictionary<string, int>());
        foreach (var region in Listed.Append("Etc/UTC").Order(StringComparer.Ordinal).GroupBy(
            id => id.Split('/')[0] is "Etc" ? "Universal" : id.Split('/')[0]))
        {
            html.Append("<optgroup label=\"").Append(region.Key).Append("\">");
            foreach (var id in region)
            {
                html.Append("<option value=\"").Append(HtmlEncoder.Default.Encode(id)).Append('"');
                after[id] = html.Length;
                // The plus sign of the offset is plain text.
                html.Append('>').Append(VisitorTime.ZoneAt(id, noon)).Append("</option>");
            }

            html.Append("</optgroup>");
        }

        return (html.ToString(), after);
    }
}
