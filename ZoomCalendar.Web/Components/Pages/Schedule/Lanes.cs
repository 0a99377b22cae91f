namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Minutes [From, To) of a column, side by side with others: lane <paramref name="Lane"/> of <paramref name="Of"/>.</summary>
public readonly record struct Placed(int Index, int From, int To, int Lane, int Of);

/// <summary>The button that replaces appointments that do not fit into the lanes.</summary>
public sealed record Overflow(int From, int To, int Of, IReadOnlyList<int> Indexes);

/// <summary>Lays out overlapping appointments side by side. Pure.</summary>
internal static class Lanes
{
    /// <summary>A shorter button cannot be read or hit. It is laid out with at least this length.</summary>
    public const int ShortestDrawn = 24;

    public static (IReadOnlyList<Placed> Placed, IReadOnlyList<Overflow> Overflows) Arrange(
        IReadOnlyList<(int From, int To)> times, int mostLanes)
    {
        var placed = new List<Placed>(times.Count);
        var overflows = new List<Overflow>();
        foreach (var cluster in ClustersOf(times))
        {
            var lanes = cluster.Max(item => item.Lane) + 1;
            var drawn = lanes > mostLanes ? mostLanes - 1 : lanes;
            var of = Math.Min(lanes, mostLanes);
            placed.AddRange(cluster.Where(item => item.Lane < drawn).Select(item => item with { Of = of }));
            var rest = cluster.Where(item => item.Lane >= drawn).ToList();
            if (rest.Count > 0)
            {
                overflows.Add(
                    new Overflow(rest.Min(item => item.From), rest.Max(item => item.To), of, [.. rest.Select(item => item.Index)]));
            }
        }

        return (placed, overflows);
    }

    /// <summary>Groups of appointments that overlap directly or through others. Each appointment gets the first free lane.</summary>
    private static IEnumerable<List<Placed>> ClustersOf(IReadOnlyList<(int From, int To)> times)
    {
        var cluster = new List<Placed>();
        var ends = new List<int>();
        var order = Enumerable.Range(0, times.Count).OrderBy(index => times[index].From).ThenByDescending(index => times[index].To);
        foreach (var index in order)
        {
            var (from, to) = (times[index].From, Math.Max(times[index].To, times[index].From + ShortestDrawn));
            if (cluster.Count > 0 && ends.TrueForAll(end => end <= from))
            {
                yield return cluster;
                cluster = [];
                ends.Clear();
            }

            var lane = ends.FindIndex(end => end <= from);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(to);
            }
            else
            {
                ends[lane] = to;
            }

            cluster.Add(new Placed(index, from, to, lane, 0));
        }

        if (cluster.Count > 0)
        {
            yield return cluster;
        }
    }
}
