using Microsoft.Extensions.Localization;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>The colours that the staff calendar draws with, by name; <c>--calendar-0</c> and so on in <c>app.css</c>.</summary>
internal static class CalendarColors
{
    private const int Count = 8;

    /// <summary>As many as there are colours.</summary>
    public static IReadOnlyList<string> Names(IStringLocalizer<CalendarsStrings> loc) =>
        [loc["Teal"], loc["Blue"], loc["Orange"], loc["Purple"], loc["Sky"], loc["Green"], loc["Red"], loc["Grey"]];

    /// <summary>Stored numbers wrap around.</summary>
    public static int IndexOf(int color) => ((color % Count) + Count) % Count;
}
