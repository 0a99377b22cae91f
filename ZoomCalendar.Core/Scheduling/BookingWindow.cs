using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// How far ahead customers can book: today and the next <c>days</c> calendar days in the calendar's zone, not multiples of 24 hours.
/// </summary>
public static class BookingWindow
{
    /// <summary>The last day on which a start can be booked.</summary>
    public static LocalDate LastDay(Instant now, int days, DateTimeZone zone) => now.InZone(zone).Date.PlusDays(days);

    /// <summary>The end of the last day, exclusive: the first start that is too far ahead.</summary>
    public static Instant End(Instant now, int days, DateTimeZone zone) => OpenWindows.StartOf(zone, LastDay(now, days, zone).PlusDays(1));
}
