using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>How long somebody has to take a seat: half of what is left, so that there is time for the next in line; half an hour to twelve.</summary>
internal static class OfferDeadline
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>From then on nobody can book the slot.</summary>
    public static DateTimeOffset LastBooking(DateTimeOffset start, BookingRules rules) => start.AddMinutes(-rules.MinimumNoticeMinutes);

    /// <returns>A whole minute, as it is told.</returns>
    public static DateTimeOffset Until(DateTimeOffset start, BookingRules rules, DateTimeOffset now)
    {
        var last = LastBooking(start, rules);
        var half = (last - now) / 2;
        var until = now + (half < Shortest ? Shortest : half > Longest ? Longest : half);
        until = until.AddTicks(-(until.UtcTicks % TimeSpan.TicksPerMinute));
        return until < last && until > now ? until : last;
    }
}
