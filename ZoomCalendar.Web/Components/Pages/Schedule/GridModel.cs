using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Time that is not an appointment: closed, busy, blocked, or an hour that the day lacks.</summary>
public sealed record Band(int From, int To, string Kind, string Text);

/// <summary>One column of the day and week views: a day, or one member's day.</summary>
public sealed record GridColumn
{
    public required string Key { get; init; }

    public required LocalDate Date { get; init; }

    public UserId? Member { get; init; }

    /// <summary>Null: the column is a day of everybody's.</summary>
    public string? MemberName { get; init; }

    public required DayScale Scale { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    public required IReadOnlyList<Placed> Placed { get; init; }

    public required IReadOnlyList<Overflow> Overflows { get; init; }

    public required IReadOnlyList<Band> Bands { get; init; }

    public required IReadOnlyList<Stop> Stops { get; init; }

    public string Spoken => MemberName is null ? ScheduleTexts.Day(Date) : $"{MemberName}, {ScheduleTexts.Day(Date)}";
}

/// <summary>
/// The model of the day and week views. Rebuilt for each range, so that an unchanged column object needs no rendering.
/// </summary>
public sealed record GridModel(TimeScale Scale, IReadOnlyList<GridColumn> Columns, DateTimeZone Zone, ScheduleDirectory Directory)
{
    // On a phone, a column of several has 112 pixels and a lone one 320. A card of fewer than 24 pixels cannot be hit.
    private const int LanesOfSeveral = 3;
    private const int LanesOfOne = 10;

    /// <param name="days">The days of the view.</param>
    /// <param name="range">What is on them.</param>
    /// <param name="directory">The calendars and members.</param>
    /// <param name="chosen">The members in the filter; empty: all.</param>
    /// <param name="viewer">The viewer.</param>
    /// <param name="zone">The viewer's zone.</param>
    /// <param name="loc">The words.</param>
    /// <param name="calendars">The calendars in the filter; empty or null: all.</param>
    internal static GridModel Build(
        VisibleDays days,
        ScheduleRange range,
        ScheduleDirectory directory,
        IReadOnlyList<UserId> chosen,
        UserId viewer,
        DateTimeZone zone,
        IStringLocalizer<ScheduleStrings> loc,
        IReadOnlyList<CalendarId>? calendars = null)
    {
        var scale = TimeScale.For(days.Days, zone);
        var shown = new Shown(range, Block.Of(range.Appointments, directory), directory, calendars ?? [], loc);
        var columns = days.View is ScheduleView.Day && MembersSideBySide(range, directory, chosen) is { Count: > 1 } members
            ? members.Select(
                member => Column(
                    scale,
                    days.Date,
                    shown,
                    member,
                    directory.Member(member)?.Name ?? loc["No host"],
                    true,
                    member,
                    member,
                    LanesOfSeveral))
            : days.Days.Select(day => Column(
                scale,
                day,
                shown,
                null,
                null,
                false,
                chosen is [var one] ? one : viewer,
                chosen is [var only] ? only : null,
                days.View is ScheduleView.Day ? LanesOfOne : LanesOfSeveral));
        return new GridModel(scale, [.. columns], zone, directory);
    }

    private static List<UserId?> MembersSideBySide(ScheduleRange range, ScheduleDirectory directory, IReadOnlyList<UserId> chosen)
    {
        List<UserId?> members = [.. (chosen.Count > 0 ? chosen : directory.Members.Select(member => member.Id)).Select(id => (UserId?)id)];
        if (chosen.Count == 0 && range.Appointments.Any(card => card.HostId is null))
        {
            members.Add(null);
        }

        return members;
    }

    /// <param name="scale">The axis.</param>
    /// <param name="date">The day.</param>
    /// <param name="shown">What is shown.</param>
    /// <param name="member">The member whose column it is.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="isMembers">The column is one member's, or that of appointments without a host.</param>
    /// <param name="whose">Whose busy and blocked times are drawn: everybody's at once would cover the day.</param>
    /// <param name="open">Whose opening hours are drawn; null: everybody's.</param>
    /// <param name="lanes">The most cards side by side.</param>
    private static GridColumn Column(
        TimeScale scale,
        LocalDate date,
        Shown shown,
        UserId? member,
        string? name,
        bool isMembers,
        UserId? whose,
        UserId? open,
        int lanes)
    {
        var day = scale[date];
        var (start, end) = (day.Start.ToDateTimeOffset(), day.End.ToDateTimeOffset());
        List<Block> blocks = [.. shown.Blocks.Where(block => block.Start < end && block.End > start
            && (!isMembers || block.First.HostId == member || (member is { } id && block.First.Attending.Contains(id))))];
        var (placed, overflows) = Lanes.Arrange([.. blocks.Select(block => Place(day, block.Start, block.End))], lanes);
        return new GridColumn
        {
            Key = $"{date.ToString("R", null)}/{member}",
            Date = date,
            Member = member,
            MemberName = name,
            Scale = day,
            Blocks = blocks,
            Placed = placed,
            Overflows = overflows,
            Bands = [.. ClosedIn(day, shown, open), .. BandsOf(day, scale.Minutes, shown, whose, start, end)],
            Stops = GridNavigation.StopsOf(placed, scale.Minutes),
        };
    }

    private static IEnumerable<Band> BandsOf(
        DayScale day, int axis, Shown shown, UserId? whose, DateTimeOffset start, DateTimeOffset end)
    {
        var (range, loc) = (shown.Range, shown.Loc);
        // On the other days the repeated hour is only a gap in the axis and has no label.
        string words = day.End - day.Start < Duration.FromHours(24) ? loc["Not on this day: the clocks change"] : "";
        foreach (var (from, to) in day.Missing(axis))
        {
            yield return new Band(from, to, "missing", words);
        }

        foreach (var busy in range.Busy.Where(busy => busy.UserId == whose && busy.Start < end && busy.End > start))
        {
            var (from, to) = Place(day, busy.Start, busy.End);
            yield return new Band(from, to, "busy", loc["Busy"]);
        }

        foreach (var blocked in range.Blocked.Where(
            blocked => (blocked.UserId is null || blocked.UserId == whose) && blocked.Start < end && blocked.End > start))
        {
            var (from, to) = Place(day, blocked.Start, blocked.End);
            yield return new Band(from, to, "blocked", blocked.Title.Length > 0 ? blocked.Title : loc["Blocked"]);
        }
    }

    /// <summary>The times outside of all opening hours.</summary>
    private static IEnumerable<Band> ClosedIn(DayScale day, Shown shown, UserId? member)
    {
        if (shown.Directory.OpenTimes(shown.Calendars, member, day.Start, day.End) is not { } open)
        {
            yield break;
        }

        var at = day.Start;
        foreach (var time in open.Append(new Interval(day.End, day.End)))
        {
            if (time.Start > at)
            {
                yield return new Band(day.PositionOf(at), day.PositionOfEnd(Instant.Min(time.Start, day.End)), "closed", "");
            }

            at = Instant.Max(at, time.End);
        }
    }

    private static (int From, int To) Place(DayScale day, DateTimeOffset start, DateTimeOffset end)
    {
        var from = day.PositionOf(start.ToInstant());
        return (from, Math.Max(day.PositionOfEnd(end.ToInstant()), from + 1));
    }

    private sealed record Shown(
        ScheduleRange Range,
        IReadOnlyList<Block> Blocks,
        ScheduleDirectory Directory,
        IReadOnlyList<CalendarId> Calendars,
        IStringLocalizer<ScheduleStrings> Loc);
}
