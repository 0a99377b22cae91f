using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The days that a view shows around a date, and paging through them. Pure.</summary>
public sealed record VisibleDays(ScheduleView View, LocalDate Date, LocalDate First, int Count)
{
    public const int AgendaDays = 30;

    private static readonly ZoneLocalMappingResolver FirstInstant = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public IEnumerable<LocalDate> Days => Enumerable.Range(0, Count).Select(First.PlusDays);

    public static VisibleDays Of(ScheduleView view, LocalDate date, DayOfWeek firstDayOfWeek)
    {
        switch (view)
        {
            case ScheduleView.Week:
                return new VisibleDays(view, date, StartOfWeek(date, firstDayOfWeek), 7);
            case ScheduleView.Month:
                var first = StartOfWeek(new LocalDate(date.Year, date.Month, 1), firstDayOfWeek);
                var end = new LocalDate(date.Year, date.Month, 1).PlusMonths(1);
                return new VisibleDays(view, date, first, (Period.DaysBetween(first, end) + 6) / 7 * 7);
            case ScheduleView.Agenda:
                return new VisibleDays(view, date, date, AgendaDays);
            default:
                return new VisibleDays(view, date, date, 1);
        }
    }

    public LocalDate Step(int by) => View switch
    {
        ScheduleView.Day => Date.PlusDays(by),
        ScheduleView.Week => Date.PlusWeeks(by),
        ScheduleView.Month => Date.PlusMonths(by),
        _ => Date.PlusDays(by * AgendaDays),
    };

    public (DateTimeOffset From, DateTimeOffset To) RangeIn(DateTimeZone zone) =>
        (StartOf(First, zone).ToDateTimeOffset(), StartOf(First.PlusDays(Count), zone).ToDateTimeOffset());

    /// <summary>The first instant of a day; of one that a zone left out as a whole, the instant at which it would have been.</summary>
    public static Instant StartOf(LocalDate date, DateTimeZone zone) =>
        zone.ResolveLocal(date.AtMidnight(), FirstInstant).ToInstant();

    public string Title(CultureInfo culture)
    {
        var last = First.PlusDays(Count - 1);
        return View switch
        {
            ScheduleView.Day => Date.ToString("dddd d MMMM yyyy", culture),
            ScheduleView.Month => Date.ToString("MMMM yyyy", culture),
            _ when First.Month == last.Month => $"{First.Day} – {last.ToString("d MMMM yyyy", culture)}",
            _ when First.Year == last.Year => $"{First.ToString("d MMM", culture)} – {last.ToString("d MMM yyyy", culture)}",
            _ => $"{First.ToString("d MMM yyyy", culture)} – {last.ToString("d MMM yyyy", culture)}",
        };
    }

    private static LocalDate StartOfWeek(LocalDate date, DayOfWeek first) =>
        date.PlusDays(-(((int)date.DayOfWeek % 7) - (int)first + 7) % 7);
}
