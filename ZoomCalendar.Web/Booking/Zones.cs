using System.Text;
using System.Text.Encodings.Web;
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

    private static readonly (string Html, IReadOnlyDictionary<string, int> After) Options = Write();

    /// <summary>
    /// The options of a select with one zone chosen. The 400 options are the larger part of a page, so they are rendered once.
    /// </summary>
    public static string OptionsWith(string id) =>
        Options.After.TryGetValue(id, out var place)
            ? string.Concat(Options.Html.AsSpan(0, place), " selected", Options.Html.AsSpan(place))
            : Options.Html;

    private static (string Html, IReadOnlyDictionary<string, int> After) Write()
    {
        var (html, after) = (new StringBuilder(), new Dictionary<string, int>());
        foreach (var region in Listed.Append("Etc/UTC").Order(StringComparer.Ordinal).GroupBy(
            id => id.Split('/')[0] is "Etc" ? "Universal" : id.Split('/')[0]))
        {
            html.Append("<optgroup label=\"").Append(region.Key).Append("\">");
            foreach (var id in region)
            {
                html.Append("<option value=\"").Append(HtmlEncoder.Default.Encode(id)).Append('"');
                after[id] = html.Length;
                html.Append('>').Append(HtmlEncoder.Default.Encode(VisitorTime.Zone(id))).Append("</option>");
            }

            html.Append("</optgroup>");
        }

        return (html.ToString(), after);
    }
}
