using NodaTime;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>
/// The vertical axis shared by several days, in minutes of local time. Where a day has an hour twice, the axis has it twice
/// and the other days are hatched there; where a day lacks an hour, that day is hatched.
/// </summary>
public sealed class TimeScale
{
    private const int DayMinutes = 1_440;

    private readonly Dictionary<LocalDate, DayScale> _days;

    private TimeScale(int minutes, IReadOnlyList<AxisLabel> labels, Dictionary<LocalDate, DayScale> days) =>
        (Minutes, Labels, _days) = (minutes, labels, days);

    public int Minutes { get; }

    public IReadOnlyList<AxisLabel> Labels { get; }

    public DayScale this[LocalDate date] => _days[date];

    public static TimeScale For(IEnumerable<LocalDate> dates, DateTimeZone zone)
    {
        var pieces = dates.Distinct().ToDictionary(date => date, date => PiecesOf(date, zone));
        var repeats = pieces.Values.SelectMany(RepeatsOf)
            .GroupBy(repeat => repeat.At, (at, same) => new Repeat(at, same.Max(repeat => repeat.Length)))
            .OrderBy(repeat => repeat.At)
            .ToList();
        return new TimeScale(
            DayMinutes + repeats.Sum(repeat => repeat.Length),
            LabelsOf(repeats),
            pieces.ToDictionary(day => day.Key, day => new DayScale(
                VisibleDays.StartOf(day.Key, zone), VisibleDays.StartOf(day.Key.PlusDays(1), zone), SegmentsOf(day.Value, repeats))));
    }

    private static List<Piece> PiecesOf(LocalDate date, DateTimeZone zone)
    {
        var (start, end) = (VisibleDays.StartOf(date, zone), VisibleDays.StartOf(date.PlusDays(1), zone));
        if (start == end)
        {
            return [];
        }

        return [.. zone.GetZoneIntervals(new Interval(start, end)).Select(interval =>
        {
            var from = interval.HasStart ? Instant.Max(interval.Start, start) : start;
            var to = interval.HasEnd ? Instant.Min(interval.End, end) : end;
            var wall = from.WithOffset(interval.WallOffset).LocalDateTime;
            var minute =
                (Period.DaysBetween(date, wall.Date) * DayMinutes) + (int)(wall.NanosecondOfDay / NodaConstants.NanosecondsPerMinute);
            return new Piece(Math.Max(0, minute), (int)(to - from).TotalMinutes, from);
        })];
    }

    private static IEnumerable<Repeat> RepeatsOf(List<Piece> pieces) =>
        pieces.Zip(pieces.Skip(1))
            .Where(pair => pair.Second.Wall < pair.First.WallEnd)
            .Select(pair => new Repeat(pair.First.WallEnd, pair.First.WallEnd - pair.Second.Wall));

    private static List<Segment> SegmentsOf(List<Piece> pieces, List<Repeat> repeats)
    {
        var segments = new List<Segment>();
        var passed = new HashSet<int>();
        foreach (var (piece, index) in pieces.Select((piece, index) => (piece, index)))
        {
            if (index > 0 && piece.Wall < pieces[index - 1].WallEnd)
            {
                passed.Add(pieces[index - 1].WallEnd);
            }

            int[] cuts = [piece.Wall, .. repeats.Select(repeat => repeat.At).Where(
                at => at > piece.Wall && at < piece.WallEnd && !passed.Contains(at)), piece.WallEnd];
            foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
            {
                var shift = repeats.Where(repeat => from >= repeat.At || passed.Contains(repeat.At)).Sum(repeat => repeat.Length);
                segments.Add(new Segment(from + shift, to + shift, piece.Start + Duration.FromMinutes(from - piece.Wall)));
            }
        }

        return segments;
    }

    private static List<AxisLabel> LabelsOf(List<Repeat> repeats)
    {
        int Shift(int wall) => repeats.Where(repeat => wall >= repeat.At).Sum(repeat => repeat.Length);
        var first = Enumerable.Range(0, 24).Select(hour => new AxisLabel((hour * 60) + Shift(hour * 60), new LocalTime(hour, 0), false));
        var second = repeats.SelectMany(repeat => Enumerable.Range(0, 24)
            .Where(hour => hour * 60 >= repeat.At - repeat.Length && hour * 60 < repeat.At)
            .Select(hour => new AxisLabel(
                repeat.At + Shift(repeat.At - 1) + (hour * 60) - (repeat.At - repeat.Length), new LocalTime(hour, 0), true)));
        return [.. first.Concat(second).OrderBy(label => label.Minute)];
    }

    /// <summary>A stretch of the day under one offset.</summary>
    private sealed record Piece(int Wall, int Length, Instant Start)
    {
        public int WallEnd => Wall + Length;
    }

    /// <summary>The clock goes back at wall-clock minute At by Length minutes.</summary>
    private sealed record Repeat(int At, int Length);
}

/// <param name="IsRepeat">The second time that the clock shows it on the day of the change.</param>
public sealed record AxisLabel(int Minute, LocalTime Time, bool IsRepeat);
