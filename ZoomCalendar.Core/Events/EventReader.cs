namespace ZoomCalendar.Core.Events;

/// <summary>
/// The position of one reader of events. Ids are assigned before the commit, so on PostgreSQL a lower id can become visible after a higher
/// one. Skipped ids are remembered for ten minutes and looked up again.
/// </summary>
public sealed class EventReader
{
    public const int NameMaxLength = 40;
    public const int MissingMaxLength = 4_000;

    private const int MaxMissing = 100;
    private static readonly TimeSpan MissingTimeout = TimeSpan.FromMinutes(10);

    public required string Name { get; init; }

    /// <summary>The highest id that was handled.</summary>
    public long Position { get; set; }

    /// <summary><c>id@unix-seconds</c>, separated by spaces.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>Concurrency token: of two processes that read the same events, one succeeds.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<long> MissingIds => [.. Entries().Select(entry => entry.Id)];

    /// <param name="handled">Ids that were read, in any order.</param>
    /// <param name="now">The current time. An id that is missing for more than ten minutes was rolled back.</param>
    public void Advance(IReadOnlyCollection<long> handled, DateTimeOffset now)
    {
        var known = handled.ToHashSet();
        var last = Math.Max(Position, known.Count == 0 ? Position : known.Max());
        var gaps = new List<(long Id, long Since)>(
            Entries().Where(entry => !known.Contains(entry.Id) && now.ToUnixTimeSeconds() - entry.Since < MissingTimeout.TotalSeconds));
        for (var id = Math.Max(Position + 1, last - MaxMissing); id < last; id++)
        {
            if (!known.Contains(id))
            {
                gaps.Add((id, now.ToUnixTimeSeconds()));
            }
        }

        Missing = string.Join(' ', gaps.TakeLast(MaxMissing).Select(gap => $"{gap.Id}@{gap.Since}"));
        Position = last;
        Version++;
    }

    private IEnumerable<(long Id, long Since)> Entries() =>
        from entry in Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = entry.Split('@')
        select (
            long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
}
