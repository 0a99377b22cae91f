namespace ZoomCalendar.Core.Meetings;

/// <summary>Growing pauses with jitter, never shorter than the first. Many accounts that failed together do not come back together.</summary>
internal static class Backoff
{
    /// <param name="first">The shortest pause, after one failure.</param>
    /// <param name="longest">The pause stops growing here; jitter adds up to half.</param>
    /// <param name="failures">In a row, the present one included.</param>
    /// <param name="growth">How many times as long each pause is as the one before.</param>
    public static TimeSpan WithJitter(int failures, TimeSpan first, TimeSpan longest, double growth = 2) =>
        WithoutJitter(failures, first, longest, growth) * (1 + Random.Shared.NextDouble() / 2);

    /// <summary>As <see cref="WithJitter"/>, without jitter.</summary>
    public static TimeSpan WithoutJitter(int failures, TimeSpan first, TimeSpan longest, double growth = 2)
    {
        // As a number: a time of that length may not exist.
        var grown = first.TotalSeconds * Math.Pow(growth, Math.Clamp(failures - 1, 0, 20));
        return grown < longest.TotalSeconds ? TimeSpan.FromSeconds(grown) : longest;
    }
}
