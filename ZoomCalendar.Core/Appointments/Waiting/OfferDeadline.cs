using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>
/// The time to accept an offered seat: half of the time left, which leaves time for the next person; 30 minutes to 12 hours.
/// </summary>
internal static class OfferDeadline
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The last time at which the slot can be booked.</summary>
    public static DateTimeOffset LastBooking(DateTimeOffset start, BookingRules rules) => start.AddMinutes(-rules.MinimumNoticeMinutes);

    /// <summary>When an offer made now ends.</summary>
    /// <returns>A whole minute, because it is shown in minutes.</returns>
    public static DateTimeOffset Until(DateTimeOffset start, BookingRules rules, DateTimeOffset now)
    {
        var last = LastBooking(start, rules);
        var half = (last - now) / 2;
        var until = now + (half < Shortest ? Shortest : half > Longest ? Longest : half);
        until = until.AddTicks(-(until.UtcTicks % TimeSpan.TicksPerMinute));
        return until < last && until > now ? until : last;
    }
}
