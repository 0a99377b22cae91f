using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>How far ahead can be booked: today and so many calendar days more, as people count, in the calendar's zone. Never a number of hours.</summary>
public static class BookingWindow
{
    /// <summary>The last day on which a start can be booked.</summary>
    public static LocalDate LastDay(Instant now, int days, DateTimeZone zone) => now.InZone(zone).Date.PlusDays(days);

    /// <summary>The end of the last day: the first instant that is too far ahead for a start.</summary>
    public static Instant End(Instant now, int days, DateTimeZone zone) => OpenWindows.StartOf(zone, LastDay(now, days, zone).PlusDays(1));
}
