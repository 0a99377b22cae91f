using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// How long a meeting, and its account, leaves Zoom alone after a refusal. A meeting has few failed requests a day (<see cref="SlotMeeting.MaxFailedRequestsPerDay"/>),
/// so its pauses grow until those last; the nearer its start, the shorter they are. The policy is docs/adr/0014.
/// </summary>
internal static class RetryDelays
{
    // With jitter an hour.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The last request of the day is kept for this long before the start.</summary>
    private static readonly TimeSpan LastChance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    /// <summary>After so many failures in a row, whichever meetings' they were, far meetings that were not tried yet wait like those that were.</summary>
    private const int FirstTries = 30;

    private static readonly TimeSpan OfUntried = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstOfAccount = TimeSpan.FromSeconds(1.2);

    /// <param name="meeting">Its request has just failed and is counted.</param>
    /// <param name="asked">What Zoom asks for; null: nothing.</param>
    /// <param name="first">The shortest pause.</param>
    /// <param name="growth">How many times as long each pause is as the one before.</param>
    /// <param name="clock">The day.</param>
    public static TimeSpan ForMeeting(SlotMeeting meeting, TimeSpan? asked, TimeSpan first, double growth, QuotaClock clock)
    {
        var left = SlotMeeting.MaxFailedRequestsPerDay - meeting.FailedRequestsOn(clock.Day);
        var toStart = (meeting.Start > clock.Now ? meeting.Start : meeting.End) - clock.Now;
        var longest = Between(Shortest, toStart / (Math.Max(left, 0) + 1), Longest);
        var pause = Backoff.WithJitter(meeting.Attempts + 1, first, Larger(longest, first), growth);
        pause = asked is { } requested ? Larger(pause, Smaller(requested, longest) + ALittle()) : pause;
        return left == 1 ? Larger(pause, UntilTheLast(meeting, clock)) : pause;
    }

    /// <summary>How long the account's other meetings wait, counted from its last failed request. Never longer than a tenth of the time to their start.</summary>
    /// <param name="failures">Failed requests of the account in a row.</param>
    /// <param name="meeting">Which of them.</param>
    /// <param name="clock">The day.</param>
    public static TimeSpan ForOtherMeetings(int failures, SlotMeeting meeting, QuotaClock clock)
    {
        var toStart = meeting.Start - clock.Now;
        // What was not tried today is tried once, whatever became of the others: perhaps it is only theirs. What is far away, only as long as that costs little.
        var longest = meeting.FailedRequestsOn(clock.Day) == 0 && (toStart <= ADay || failures < FirstTries) ? OfUntried : Between(Shortest, toStart / 10, Longest);
        return Backoff.WithoutJitter(failures, FirstOfAccount, longest);
    }

    /// <summary>What the account as a whole rests, near meetings included.</summary>
    public static TimeSpan ForAccount(ZoomError error, int failures) =>
        Larger(Backoff.WithJitter(failures, FirstOfAccount, Shortest), error.RetryAfter is { } asked ? Smaller(asked, LastChance) + ALittle() : TimeSpan.Zero);

    /// <summary>Today's start is what it is kept for; where it starts later, the middle of what is left of the day.</summary>
    private static TimeSpan UntilTheLast(SlotMeeting meeting, QuotaClock clock) =>
        meeting.Start > clock.Now && meeting.Start - clock.Now < clock.DayEnds - clock.ZoomNow
            ? meeting.Start - LastChance - clock.Now
            : (clock.DayEnds - clock.ZoomNow) / 2;

    private static TimeSpan ALittle() => Backoff.WithJitter(1, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => Larger(least, Smaller(value, most));

    private static TimeSpan Larger(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
