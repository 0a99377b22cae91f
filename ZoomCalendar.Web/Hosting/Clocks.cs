using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Hosting;

/// <summary>The formats of a language with the clock that a user chose. Thread-safe.</summary>
internal static partial class Clocks
{
    private static readonly ConcurrentDictionary<(string Language, ClockFormat Clock), CultureInfo> Made = new();

    public static CultureInfo Of(CultureInfo language, ClockFormat clock) =>
        Uses(language.DateTimeFormat.ShortTimePattern, clock) ? language : Made.GetOrAdd((language.Name, clock), Make);

    public static ClockFormat FormatOf(CultureInfo language) =>
        Uses(language.DateTimeFormat.ShortTimePattern, ClockFormat.TwelveHours) ? ClockFormat.TwelveHours : ClockFormat.TwentyFourHours;

    /// <summary>For the rest of the request, and for the circuit that it opens. Comes after authentication.</summary>
    public static WebApplication UseChosenClock(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (context.Features.Get<SessionInUse>() is { Clock: { } clock })
            {
                CultureInfo.CurrentCulture = Of(CultureInfo.CurrentCulture, clock);
            }

            await next(context);
        });
        return app;
    }

    private static CultureInfo Make((string Language, ClockFormat Clock) wanted)
    {
        var made = (CultureInfo)CultureInfo.GetCultureInfo(wanted.Language).Clone();
        var format = made.DateTimeFormat;
        var isTwelve = wanted.Clock is ClockFormat.TwelveHours;
        (format.ShortTimePattern, format.LongTimePattern) = isTwelve ? ("h:mm tt", "h:mm:ss tt") : ("HH:mm", "HH:mm:ss");
        if (isTwelve && (format.AMDesignator.Length == 0 || format.PMDesignator.Length == 0))
        {
            (format.AMDesignator, format.PMDesignator) = ("AM", "PM");
        }

        return CultureInfo.ReadOnly(made);
    }

    private static bool Uses(string pattern, ClockFormat clock) =>
        Literal().Replace(pattern, "").Contains(clock is ClockFormat.TwelveHours ? 'h' : 'H', StringComparison.Ordinal);

    // French Canadian: HH 'h' mm.
    [GeneratedRegex("'[^']*'")]
    private static partial Regex Literal();
}
