using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Time that is not an appointment: busy, blocked, or an hour that the day lacks.</summary>
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

    public required IReadOnlyList<AppointmentCard> Cards { get; init; }

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
    private const int LanesInWeek = 4;
    private const int LanesInDay = 10;

    public int ColorOf(AppointmentCard card) => Directory.Calendar(card.CalendarId)?.Color ?? 0;

    public static GridModel Build(
        VisibleDays days, ScheduleRange range, ScheduleDirectory directory, IReadOnlyList<UserId> chosen, UserId viewer, DateTimeZone zone)
    {
        var scale = TimeScale.For(days.Days, zone);
        var columns = days.View is ScheduleView.Day && MembersSideBySide(range, directory, chosen) is { Count: > 1 } members
            ? members.Select(
                member => Column(scale, days.Date, range, member, directory.Member(member)?.Name ?? "No host", true, member, LanesInDay))
            : days.Days.Select(day => Column(
                scale,
                day,
                range,
                null,
                null,
                false,
                chosen is [var one] ? one : viewer,
                days.View is ScheduleView.Day ? LanesInDay : LanesInWeek));
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

    /// <param name="whose">Whose busy and blocked times are drawn: everybody's at once would cover the day.</param>
    private static GridColumn Column(
        TimeScale scale, LocalDate date, ScheduleRange range, UserId? member, string? name, bool isMembers, UserId? whose, int lanes)
    {
        var day = scale[date];
        var (start, end) = (day.Start.ToDateTimeOffset(), day.End.ToDateTimeOffset());
        List<AppointmentCard> cards = [.. range.Appointments.Where(card => card.Start < end && card.End > start
            && (!isMembers || card.HostId == member || (member is { } id && card.Attending.Contains(id))))];
        var (placed, overflows) = Lanes.Arrange([.. cards.Select(card => Place(day, card.Start, card.End))], lanes);
        return new GridColumn
        {
            Key = $"{date.ToString("R", null)}/{member}",
            Date = date,
            Member = member,
            MemberName = name,
            Scale = day,
            Cards = cards,
            Placed = placed,
            Overflows = overflows,
            Bands = [.. BandsOf(day, scale.Minutes, range, whose, start, end)],
            Stops = GridNavigation.StopsOf(placed, scale.Minutes),
        };
    }

    private static IEnumerable<Band> BandsOf(
        DayScale day, int axis, ScheduleRange range, UserId? whose, DateTimeOffset start, DateTimeOffset end)
    {
        // On the other days the repeated hour is only a gap in the axis and has no label.
        var words = day.End - day.Start < Duration.FromHours(24) ? "Not on this day: the clocks change" : "";
        foreach (var (from, to) in day.Missing(axis))
        {
            yield return new Band(from, to, "missing", words);
        }

        foreach (var busy in range.Busy.Where(busy => busy.UserId == whose && busy.Start < end && busy.End > start))
        {
            var (from, to) = Place(day, busy.Start, busy.End);
            yield return new Band(from, to, "busy", "Busy");
        }

        foreach (var blocked in range.Blocked.Where(
            blocked => (blocked.UserId is null || blocked.UserId == whose) && blocked.Start < end && blocked.End > start))
        {
            var (from, to) = Place(day, blocked.Start, blocked.End);
            yield return new Band(from, to, "blocked", blocked.Title.Length > 0 ? blocked.Title : "Blocked");
        }
    }

    private static (int From, int To) Place(DayScale day, DateTimeOffset start, DateTimeOffset end)
    {
        var from = day.PositionOf(start.ToInstant());
        return (from, Math.Max(day.PositionOfEnd(end.ToInstant()), from + 1));
    }
}
