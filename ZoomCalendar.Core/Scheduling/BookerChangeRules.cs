using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>Decides until when a booker may move or cancel. It does not apply to staff.</summary>
public static class BookerChangeRules
{
    /// <summary>Why the booker may not cancel this appointment now. Null: they may.</summary>
    public static PublicSentence? WhyNotCancel(Instant start, Duration notice, Duration cutOff, Instant now) =>
        WhyNot("cancelled", start, notice, cutOff, now);

    /// <summary>Why the booker may not move this appointment now, whatever the new time. Null: they may.</summary>
    public static PublicSentence? WhyNotMoveFrom(Instant start, Duration notice, Duration cutOff, Instant now) =>
        WhyNot("moved", start, notice, cutOff, now);

    /// <summary>
    /// Why the booker may not move it to the new start. Notice and cut-off apply to the old and to the new start. Null: they may.
    /// </summary>
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
            ? new PublicSentence($"This appointment can be {done} until {ClockText.Length(period)} before it starts, and that has passed. "
                + "Please contact us.")
            : null;
    }

    private static PublicSentence? TooSoon(Instant newStart, Duration period, Instant now) => newStart - now < period || newStart < now
        ? new PublicSentence($"Please choose a time at least {ClockText.Length(period)} from now.")
        : null;
}
