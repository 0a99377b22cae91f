namespace ZoomCalendar.Core.Meetings;

/// <summary>Exponential backoff. Jitter keeps accounts that failed together from retrying at the same moment.</summary>
internal static class Backoff
{
    /// <summary>The pause before the next attempt: at least <paramref name="first"/>, with up to half of it added at random.</summary>
    /// <param name="failures">Consecutive failures, including the latest.</param>
    /// <param name="first">The shortest pause, used after one failure.</param>
    /// <param name="longest">The upper limit before jitter.</param>
    /// <param name="growth">The factor between one pause and the next.</param>
    public static TimeSpan WithJitter(int failures, TimeSpan first, TimeSpan longest, double growth = 2) =>
        WithoutJitter(failures, first, longest, growth) * (1 + Random.Shared.NextDouble() / 2);

    /// <summary>The same pause as <see cref="WithJitter"/>, without the random part.</summary>
    public static TimeSpan WithoutJitter(int failures, TimeSpan first, TimeSpan longest, double growth = 2)
    {
        // Computed in seconds, because the product may exceed TimeSpan.MaxValue.
        var grown = first.TotalSeconds * Math.Pow(growth, Math.Clamp(failures - 1, 0, 20));
        return grown < longest.TotalSeconds ? TimeSpan.FromSeconds(grown) : longest;
    }
}
