using System.Globalization;
using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>
/// Opening hours being edited, with times as the browser's time fields write them. Hours over midnight (22:00 to 02:00) are
/// typed and shown as one line of the day they begin on; they are kept as two windows that touch at midnight.
/// </summary>
public sealed class HoursDraft
{
    private const int DaysInWeek = 7;

    // Far beyond any booking window, and within the range of date arithmetic.
    private static readonly DateOnly FirstDate = new(2000, 1, 1);
    private static readonly DateOnly LastDate = new(2199, 12, 31);

    /// <summary>Monday first.</summary>
    public List<List<WindowDraft>> Week { get; set; } = [];

    public List<DateDraft> Dates { get; set; } = [];

    /// <summary>The draft from which <see cref="Read"/> gives the same hours.</summary>
    public static HoursDraft Of(Availability hours)
    {
        var week = WeeklyHours.Days.Select(day => hours.Week[day].Select(WindowDraft.Of).ToList()).ToList();
        for (var day = 0; day < DaysInWeek; day++)
        {
            var next = week[(day + 1) % DaysInWeek];
            if (WindowDraft.TryJoin(week[day].LastOrDefault(), next.FirstOrDefault()))
            {
                next.RemoveAt(0);
            }
        }

        return new() { Week = week, Dates = DatesOf(hours, week) };
    }

    /// <summary>The hours, or a sentence that names the problem.</summary>
    public (Availability? Hours, string? Problem) Read(string zoneId)
    {
        foreach (var (windows, name) in Week.Select((windows, day) => (windows, Name(day))).Concat(
            Dates.Select(date => (date.Windows, date.Name))))
        {
            if (windows.Select(window => window.ProblemOn(name)).FirstOrDefault(problem => problem is not null) is { } problem)
            {
                return (null, problem);
            }
        }

        if (Dates.Any(date => date.Date is null) || Dates.Select(date => date.Date).Distinct().Count() != Dates.Count)
        {
            return (null, SharedStrings.Loc["Choose a date for each date override, and each date only once."]);
        }

        if (Dates.Any(date => date.Date < FirstDate || date.Date > LastDate))
        {
            return (null, SharedStrings.Loc["Choose dates from the year 2000 to the year 2199 for date overrides."]);
        }

        var week = WeeklyHours.Days.Select((day, index) => KeyValuePair.Create(
            day, (IReadOnlyList<OpenHours>)[.. Own(Week[index]), .. AfterMidnight(Week[(index + DaysInWeek - 1) % DaysInWeek])]));
        return (new Availability(zoneId, new WeeklyHours(week), Overrides()), null);
    }

    /// <summary>The problem with the date of one override, for its field; null: there is none.</summary>
    internal string? DateProblem(DateDraft date) =>
        date.Date is not { } day ? SharedStrings.Loc["Choose a date."]
        : day < FirstDate || day > LastDate ? SharedStrings.Loc["Choose a date from the year 2000 to the year 2199."]
        : Dates.Any(other => other != date && other.Date == day)
            ? SharedStrings.Loc["This date is listed twice. Choose another one, or remove one of them."]
        : null;

    public static string Name(int day) => DateText.Culture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7));

    private IEnumerable<DateOverride> Overrides()
    {
        var days = Dates.ToDictionary(date => LocalDate.FromDateOnly(date.Date!.Value), date => Own(date.Windows).ToList());
        foreach (var (date, windows) in Dates.Select(date => (LocalDate.FromDateOnly(date.Date!.Value), date.Windows)))
        {
            var late = AfterMidnight(windows).ToList();
            if (late.Count > 0)
            {
                // The next day keeps its weekday's hours in addition to these.
                var next = date.PlusDays(1);
                days.TryAdd(next, [.. Own(Week[(int)next.DayOfWeek - 1])]);
                days[next].AddRange(late);
            }
        }

        return days.Select(day => new DateOverride(day.Key, day.Value));
    }

    private static List<DateDraft> DatesOf(Availability hours, List<List<WindowDraft>> week)
    {
        var drafts = hours.Overrides.ToDictionary(change => change.Date, change => new DateDraft
        {
            Date = change.Date.ToDateOnly(),
            Windows = [.. change.Hours.Select(WindowDraft.Of)],
        });

        // The last date first, so that a day that continues into the next one is shown.
        foreach (var change in hours.Overrides.Reverse())
        {
            var next = change.Date.PlusDays(1);
            var (own, late) = (drafts[change.Date].Windows, drafts.GetValueOrDefault(next)?.Windows ?? []);
            if (own.Count == 0 || late.Count == 0 || !own[^1].JoinsWith(late[0]))
            {
                continue;
            }

            OpenHours[] afterMidnight = [late[0].OwnHours()];
            var isOnlyThat = late.All(window => !window.IsOvernight)
                && OpenHours.Merge(Own(week[(int)next.DayOfWeek - 1]).Concat(afterMidnight)).SequenceEqual(OpenHours.Merge(Own(late)));
            if (isOnlyThat || late.Count > 1)
            {
                WindowDraft.TryJoin(own[^1], late[0]);
                late.RemoveAt(0);
            }

            if (isOnlyThat)
            {
                drafts.Remove(next);
            }
        }

        return [.. drafts.Values.OrderBy(draft => draft.Date)];
    }

    private static IEnumerable<OpenHours> Own(IEnumerable<WindowDraft> windows) => windows.Select(window => window.OwnHours());

    private static IEnumerable<OpenHours> AfterMidnight(IEnumerable<WindowDraft> windows) =>
        windows.Select(window => window.AfterMidnight()).OfType<OpenHours>();
}

/// <summary>A day that differs from its weekday; without windows it is a day off.</summary>
public sealed class DateDraft
{
    public DateOnly? Date { get; set; }

    public List<WindowDraft> Windows { get; set; } = [];

    internal string Name => Date?.ToString("d", DateText.Culture) ?? SharedStrings.Loc["Date override"];
}

/// <summary>From one time to another. An earlier end is a time on the next day.</summary>
public sealed class WindowDraft
{
    public string From { get; set; } = "09:00";

    /// <summary>00:00, 24:00 and 23:59:59 are the next midnight.</summary>
    public string Until { get; set; } = "17:00";

    /// <summary>It ends on the day after it begins, later than midnight.</summary>
    internal bool IsOvernight => Minutes(From) is { } from && End(Until) is { } until && until < from;

    public static WindowDraft Of(OpenHours hours) => new() { From = Text(hours.From), Until = Text(hours.Until % OpenHours.NextMidnight) };

    /// <summary>The problem with the start, for its field; null: there is none.</summary>
    internal string? FromProblem => Minutes(From) is null ? SharedStrings.Loc["Enter a time such as {0}.", "09:00"] : null;

    /// <summary>The problem with the end, for its field; null: there is none.</summary>
    internal string? UntilProblem =>
        End(Until) is not { } until ? SharedStrings.Loc["Enter a time such as {0}.", "17:00"]
        : Minutes(From) == until ? SharedStrings.Loc["The end must be different from the start."]
        : null;

    /// <summary>The sentence that names the problem; null: there is none.</summary>
    /// <param name="day">The name of the day it begins on.</param>
    internal string? ProblemOn(string day) =>
        Minutes(From) is not { } from || End(Until) is not { } until
            ? SharedStrings.Loc["{0}: enter both times in whole minutes, such as 09:00 and 17:00.", day]
        : until == from ? SharedStrings.Loc["{0}: the end must be different from the start.", day]
        : null;

    /// <summary>What lies on the day it begins on.</summary>
    internal OpenHours OwnHours() => new(Minutes(From)!.Value, IsOvernight ? OpenHours.NextMidnight : End(Until)!.Value);

    /// <summary>What lies on the next day; null: nothing.</summary>
    internal OpenHours? AfterMidnight() => IsOvernight ? new OpenHours(0, End(Until)!.Value) : null;

    internal bool JoinsWith(WindowDraft next) =>
        !IsOvernight && !next.IsOvernight && OwnHours().Until == OpenHours.NextMidnight && next.OwnHours() is { From: 0 } late
            && late.Until < OwnHours().From;

    /// <summary>Includes the next day's first hours if they continue these and one pair of times can express both.</summary>
    internal static bool TryJoin(WindowDraft? last, WindowDraft? next)
    {
        if (last is null || next is null || !last.JoinsWith(next))
        {
            return false;
        }

        last.Until = next.Until;
        return true;
    }

    private static int? End(string text) => text is "24:00" or "23:59:59" || Minutes(text) is 0 ? OpenHours.NextMidnight : Minutes(text);

    private static int? Minutes(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time.Second == 0
            ? (time.Hour * 60) + time.Minute
            : null;

    private static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
