using NodaTime;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Minutes [From, To) of the axis are the time that begins at Start.</summary>
public sealed record Segment(int From, int To, Instant Start);

/// <summary>Maps a day's instants to the shared axis and back.</summary>
public sealed class DayScale(Instant start, Instant end, IReadOnlyList<Segment> segments)
{
    public Instant Start => start;

    public Instant End => end;

    /// <summary>Minutes of the axis that this day does not have.</summary>
    public IEnumerable<(int From, int To)> Missing(int axisMinutes)
    {
        var at = 0;
        foreach (var segment in segments.OrderBy(segment => segment.From))
        {
            if (segment.From > at)
            {
                yield return (at, segment.From);
            }

            at = Math.Max(at, segment.To);
        }

        if (at < axisMinutes)
        {
            yield return (at, axisMinutes);
        }
    }

    public int PositionOf(Instant instant) => On(segments.LastOrDefault(segment => segment.Start <= instant), instant);

    /// <summary>An end belongs to the segment that it ends, not to the one that begins there.</summary>
    public int PositionOfEnd(Instant instant) => On(segments.LastOrDefault(segment => segment.Start < instant), instant);

    /// <summary>Null: the time does not exist on this day.</summary>
    public Instant? InstantAt(int minute) =>
        segments.FirstOrDefault(segment => segment.From <= minute && minute < segment.To) is { } segment
            ? segment.Start + Duration.FromMinutes(minute - segment.From)
            : null;

    private int On(Segment? segment, Instant instant) =>
        segment is null
            ? segments.FirstOrDefault()?.From ?? 0
            : segment.From + Math.Min(segment.To - segment.From, (int)(instant - segment.Start).TotalMinutes);
}
