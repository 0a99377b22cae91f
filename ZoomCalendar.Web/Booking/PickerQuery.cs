using NodaTime;
using NodaTime.Text;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// The visitor's choices. All are in the address, so every step has one and no cookie is needed.
/// </summary>
public sealed record PickerQuery
{
    private const int LongestZone = 60;

    public YearMonth? Month { get; init; }

    public LocalDate? Day { get; init; }

    public Instant? At { get; init; }

    public UserId? Host { get; init; }

    public string? Zone { get; init; }

    /// <summary>Null: as the browser's language has it. The same holds for <see cref="FirstDay"/>.</summary>
    public ClockFormat? Clock { get; init; }

    public IsoDayOfWeek? FirstDay { get; init; }

    /// <summary>Invalid values count as not chosen.</summary>
    public static PickerQuery Of(Func<string, string?> value) => new()
    {
        Month = value("month") is { Length: 7 } month && YearMonthPattern.Iso.Parse(month) is { Success: true } parsedMonth
            ? parsedMonth.Value
            : null,
        Day = value("day") is { Length: 10 } day && LocalDatePattern.Iso.Parse(day) is { Success: true } parsedDay ? parsedDay.Value : null,
        At = InstantText.Parse(value("at")),
        Host = Guid.TryParse(value("host"), out var host) ? new UserId(host) : null,
        Zone = value("zone") is { Length: > 0 and <= LongestZone } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null
            ? Zones.PresentName(zone)
            : null,
        Clock = VisitorClock.Formats.TryGetValue(value("clock") ?? "", out var clock) ? clock : null,
        FirstDay = VisitorClock.FirstDays.TryGetValue(value("week") ?? "", out var first) ? first : null,
    };

    /// <summary>The same with the clock and the week that are chosen in the address of a posted form.</summary>
    internal PickerQuery WithClockOf(HttpContext context)
    {
        var asked = Of(name => context.Request.Query[name]);
        return this with { Clock = asked.Clock, FirstDay = asked.FirstDay };
    }
}
