using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Until when a booker may move or cancel. Staff are not bound by it.</summary>
public static class BookerChangeRules
{
    /// <summary>Why this appointment may not be cancelled by its booker now; null if it may.</summary>
    public static PublicSentence? WhyNotCancel(Instant start, Duration notice, Duration cutOff, Instant now) => WhyNot("cancelled", start, notice, cutOff, now);

    /// <summary>Why this appointment may not be moved by its booker now, wherever to; null if it may.</summary>
    public static PublicSentence? WhyNotMoveFrom(Instant start, Duration notice, Duration cutOff, Instant now) => WhyNot("moved", start, notice, cutOff, now);

    /// <summary>Notice and cut-off hold for the start that is given up and for the one that is taken.</summary>
    public static PublicSentence? WhyNotMove(Instant oldStart, Instant newStart, Duration notice, Duration cutOff, Instant now) =>
        WhyNotMoveFrom(oldStart, notice, cutOff, now) ?? TooSoon(newStart, Duration.Max(notice, cutOff), now);

    private static PublicSentence? WhyNot(string done, Instant start, Duration notice, Duration cutOff, Instant now)
    {
        var period = Duration.Max(notice, cutOff);

        if (start <= now)
        {
            return new PublicSentence($"This appointment has begun and can no longer be {done}.");
        }

        return start - now < period
            ? new PublicSentence($"This appointment can be {done} until {ClockText.Length(period)} before it starts, and that has passed. Please contact us.")
            : null;
    }

    private static PublicSentence? TooSoon(Instant newStart, Duration period, Instant now) => newStart - now < period || newStart < now
        ? new PublicSentence($"Please choose a time at least {ClockText.Length(period)} from now.")
        : null;
}
