using System.Globalization;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>The parts of an instant to show.</summary>
public enum DateStyle
{
    /// <summary>2 Mar 2026, 14:30</summary>
    DayAndTime,

    /// <summary>2 Mar 2026, 14:30:05</summary>
    DayAndSecond,

    /// <summary>Mon, 2 Mar 2026, 14:30</summary>
    WeekdayAndTime,

    /// <summary>2 Mar 2026</summary>
    Day,

    /// <summary>2 March 2026</summary>
    LongDay,
}

/// <summary>Formats dates and times by the reader's language.</summary>
internal static partial class DateText
{
    // Without a language: the least ambiguous format.
    private static readonly CultureInfo Neutral = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo Culture => CultureInfo.CurrentCulture.Name.Length == 0 ? Neutral : CultureInfo.CurrentCulture;

    public static string Of(DateTime local, DateStyle style) => style switch
    {
        DateStyle.LongDay => local.ToString(LongDay, Culture),
        DateStyle.Day => local.ToString(ShortDay, Culture),
        DateStyle.WeekdayAndTime =>
            $"{local.ToString(Short(Format.LongDatePattern), Culture)}, {local.ToString(Format.ShortTimePattern, Culture)}",
        DateStyle.DayAndSecond => $"{local.ToString(ShortDay, Culture)}, {local.ToString(Format.LongTimePattern, Culture)}",
        _ => $"{local.ToString(ShortDay, Culture)}, {local.ToString(Format.ShortTimePattern, Culture)}",
    };

    private static DateTimeFormatInfo Format => Culture.DateTimeFormat;

    // A language's long date without the weekday.
    private static string LongDay => Weekday().Replace(Format.LongDatePattern, "");

    private static string ShortDay => Short(LongDay);

    private static string Short(string pattern) =>
        pattern.Replace("dddd", "ddd", StringComparison.Ordinal).Replace("MMMM", "MMM", StringComparison.Ordinal);

    [GeneratedRegex(@"^dddd[\s,.]*|[\s,.]*dddd\z")]
    private static partial Regex Weekday();
}
