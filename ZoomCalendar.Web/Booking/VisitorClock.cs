using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

/// <summary>How a visitor reads times and weeks: as chosen in the address, else as the browser's first language has it.</summary>
/// <param name="Format">12 or 24 hours.</param>
/// <param name="FirstDay">The first day of a week.</param>
public sealed record VisitorClock(ClockFormat Format, IsoDayOfWeek FirstDay)
{
    /// <summary>The choices and their names in addresses.</summary>
    internal static readonly IReadOnlyDictionary<string, ClockFormat> Formats =
        new Dictionary<string, ClockFormat> { ["12"] = ClockFormat.TwelveHours, ["24"] = ClockFormat.TwentyFourHours };

    /// <summary>The days with which weeks begin somewhere, and their names in addresses.</summary>
    internal static readonly IReadOnlyDictionary<string, IsoDayOfWeek> FirstDays = new Dictionary<string, IsoDayOfWeek>
    {
        ["monday"] = IsoDayOfWeek.Monday,
        ["saturday"] = IsoDayOfWeek.Saturday,
        ["sunday"] = IsoDayOfWeek.Sunday,
    };

    internal string FormatName => NameOf(Formats, Format);

    internal string FirstDayName => NameOf(FirstDays, FirstDay);

    internal static VisitorClock Of(HttpContext context) => Of(PickerQuery.Of(name => context.Request.Query[name]));

    internal static VisitorClock Of(PickerQuery query)
    {
        // UseLanguages has read the browser's languages.
        var language = CultureInfo.CurrentCulture;
        return new VisitorClock(query.Clock ?? Clocks.FormatOf(language), query.FirstDay ?? FirstDayOf(language));
    }

    internal static string NameOf<T>(IReadOnlyDictionary<string, T> names, T value)
        where T : struct, Enum => names.First(each => each.Value.Equals(value)).Key;

    private static IsoDayOfWeek FirstDayOf(CultureInfo language) => language.DateTimeFormat.FirstDayOfWeek switch
    {
        DayOfWeek.Sunday => IsoDayOfWeek.Sunday,
        DayOfWeek.Saturday => IsoDayOfWeek.Saturday,
        _ => IsoDayOfWeek.Monday,
    };
}
