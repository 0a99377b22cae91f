namespace ZoomCalendar.Core.Meetings;

/// <summary>Growing pauses with jitter, never shorter than the first. Many accounts that failed together do not come back together.</summary>
internal static class Backoff
{
    /// <param name="first">The shortest pause, after one failure.</param>
    /// <param name="longest">The pause stops growing here; jitter adds up to half.</param>
    /// <param name="failures">In a row, the present one included.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var grown = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return (grown < longest ? grown : longest) * (1 + Random.Shared.NextDouble() / 2);
    }
}
