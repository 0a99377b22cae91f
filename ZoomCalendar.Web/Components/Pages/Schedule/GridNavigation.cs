namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The keyboard position in a column: an appointment, or (Item null) an empty time.</summary>
public readonly record struct Stop(int Minute, int? Item);

/// <summary>Moves the keyboard position through a column's empty half hours and appointments. Pure.</summary>
internal static class GridNavigation
{
    public const int CellMinutes = 30;

    public static IReadOnlyList<Stop> StopsOf(IReadOnlyList<Placed> placed, int axisMinutes)
    {
        var cells = Enumerable.Range(0, axisMinutes / CellMinutes)
            .Select(cell => cell * CellMinutes)
            .Where(minute => !placed.Any(item => item.From <= minute && minute < item.To))
            .Select(minute => new Stop(minute, null));
        return [.. cells.Concat(placed.Select(item => new Stop(item.From, item.Index)))
            .OrderBy(stop => stop.Minute)
            .ThenBy(stop => stop.Item)];
    }

    /// <summary>The next position down (1) or up (-1). At the column's end it stays.</summary>
    public static Stop Along(IReadOnlyList<Stop> stops, Stop present, int step)
    {
        var at = IndexOf(stops, present);
        return stops[Math.Clamp(at + step, 0, stops.Count - 1)];
    }

    /// <summary>The position in another column at about the same time.</summary>
    public static Stop Across(IReadOnlyList<Stop> stops, Stop present) => stops[IndexOf(stops, present with { Item = null })];

    private static int IndexOf(IReadOnlyList<Stop> stops, Stop stop)
    {
        for (var index = stops.Count - 1; index >= 0; index--)
        {
            if (stops[index] == stop || (stop.Item is null && stops[index].Minute <= stop.Minute))
            {
                return index;
            }
        }

        return 0;
    }
}
