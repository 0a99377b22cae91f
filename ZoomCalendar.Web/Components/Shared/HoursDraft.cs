using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>Opening hours while somebody types them: times as the browser's time fields write them.</summary>
public sealed class HoursDraft
{
    /// <summary>Monday first.</summary>
    public List<List<WindowDraft>> Week { get; set; } = [];

    public List<DateDraft> Dates { get; set; } = [];

    public static HoursDraft Of(Availability hours) => new()
    {
        Week = [.. WeeklyHours.Days.Select(day => hours.Week[day].Select(WindowDraft.Of).ToList())],
        Dates = [.. hours.Overrides.Select(change => new DateDraft { Date = change.Date.ToDateOnly(), Windows = [.. change.Hours.Select(WindowDraft.Of)] })],
    };

    /// <summary>The hours, or what is wrong with them in a sentence.</summary>
    public (Availability? Hours, string? Problem) Read(string zoneId)
    {
        foreach (var (windows, name) in Week.Select((windows, day) => (windows, Name(day))).Concat(Dates.Select(date => (date.Windows, date.Name))))
        {
            if (windows.Select(window => window.Problem).FirstOrDefault(problem => problem is not null) is { } problem)
            {
                return (null, $"{name}: {problem}");
            }
        }

        if (Dates.Any(date => date.Date is null) || Dates.Select(date => date.Date).Distinct().Count() != Dates.Count)
        {
            return (null, "Choose a date for each day that differs, and each date once.");
        }

        var week = new WeeklyHours(Week.Select((windows, day) => KeyValuePair.Create((IsoDayOfWeek)(day + 1), (IReadOnlyList<OpenHours>)[.. windows.Select(window => window.ToHours())])));
        return (new Availability(zoneId, week, Dates.Select(date => new DateOverride(LocalDate.FromDateOnly(date.Date!.Value), date.Windows.Select(window => window.ToHours())))), null);
    }

    public static string Name(int day) => DateText.Culture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7));
}

/// <summary>A day that differs from its weekday; without windows it is a day off.</summary>
public sealed class DateDraft
{
    public DateOnly? Date { get; set; }

    public List<WindowDraft> Windows { get; set; } = [];

    internal string Name => Date?.ToString("d", DateText.Culture) ?? "The day that differs";
}

public sealed class WindowDraft
{
    public string From { get; set; } = "09:00";

    /// <summary>00:00 is the next midnight.</summary>
    public string Until { get; set; } = "17:00";

    internal string? Problem =>
        Minutes(From) is not { } from || Minutes(Until) is not { } until ? "enter both times, such as 09:00 and 17:00."
        : End(until) <= from ? "the end must be after the start."
        : null;

    public static WindowDraft Of(OpenHours hours) => new() { From = Text(hours.From), Until = Text(hours.Until % OpenHours.NextMidnight) };

    internal OpenHours ToHours() => new(Minutes(From)!.Value, End(Minutes(Until)!.Value));

    private static int End(int minutes) => minutes == 0 ? OpenHours.NextMidnight : minutes;

    private static int? Minutes(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    private static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
