using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The pauses of a meeting, and of its account, after a refusal. A meeting has few failed requests per day
/// (<see cref="SlotMeeting.MaxFailedRequestsPerDay"/>), so its pauses grow until those suffice. The nearer the start, the shorter the
/// pauses. The policy is docs/adr/0014.
/// </summary>
internal static class RetryDelays
{
    // One hour with jitter.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The last request of the day is sent this long before the meeting's start.</summary>
    private static readonly TimeSpan LastChance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>After this many consecutive failures of the account, distant meetings wait even if they were not tried yet.</summary>
    private const int FirstTries = 30;

    private static readonly TimeSpan PauseOfUntried = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstAccountPause = TimeSpan.FromSeconds(1.2);

    /// <summary>The pause of a meeting after a failed request.</summary>
    /// <param name="meeting">The meeting, with the failed request counted.</param>
    /// <param name="asked">The pause Zoom asks for; null if none.</param>
    /// <param name="first">The shortest pause.</param>
    /// <param name="growth">The factor between one pause and the next.</param>
    /// <param name="clock">The quota's day.</param>
    public static TimeSpan ForMeeting(SlotMeeting meeting, TimeSpan? asked, TimeSpan first, double growth, QuotaClock clock)
    {
        var left = SlotMeeting.MaxFailedRequestsPerDay - meeting.FailedRequestsOn(clock.Day);
        var toStart = (meeting.Start > clock.Now ? meeting.Start : meeting.End) - clock.Now;
        var longest = Between(Shortest, toStart / (Math.Max(left, 0) + 1), Longest);
        var pause = Backoff.WithJitter(meeting.Attempts + 1, first, Larger(longest, first), growth);
        pause = asked is { } requested ? Larger(pause, Smaller(requested, longest) + ShortJitter()) : pause;
        return left == 1 ? Larger(pause, UntilLastRequest(meeting, clock)) : pause;
    }

    /// <summary>
    /// The pause of the account's other meetings, counted from its last failed request. Never longer than a tenth of the time to their
    /// start.
    /// </summary>
    /// <param name="failures">The account's consecutive failed requests.</param>
    /// <param name="meeting">The waiting meeting.</param>
    /// <param name="clock">The quota's day.</param>
    public static TimeSpan ForOtherMeetings(int failures, SlotMeeting meeting, QuotaClock clock)
    {
        var toStart = meeting.Start - clock.Now;
        // A meeting not tried today gets one quick attempt: the failures may concern only the others. Distant meetings get it only while
        // failures are few.
        var longest = meeting.FailedRequestsOn(clock.Day) == 0 && (toStart <= OneDay || failures < FirstTries)
            ? PauseOfUntried
            : Between(Shortest, toStart / 10, Longest);
        return Backoff.WithoutJitter(failures, FirstAccountPause, longest);
    }

    /// <summary>The pause of the whole account, including meetings that start soon.</summary>
    public static TimeSpan ForAccount(ZoomError error, int failures) =>
        Larger(
            Backoff.WithJitter(failures, FirstAccountPause, Shortest),
            error.RetryAfter is { } asked ? Smaller(asked, LastChance) + ShortJitter() : TimeSpan.Zero);

    /// <summary>Until shortly before the start if that is today, otherwise half of the rest of the day.</summary>
    private static TimeSpan UntilLastRequest(SlotMeeting meeting, QuotaClock clock) =>
        meeting.Start > clock.Now && meeting.Start - clock.Now < clock.DayEnds - clock.ZoomNow
            ? meeting.Start - LastChance - clock.Now
            : (clock.DayEnds - clock.ZoomNow) / 2;

    private static TimeSpan ShortJitter() => Backoff.WithJitter(1, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => Larger(least, Smaller(value, most));

    private static TimeSpan Larger(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
