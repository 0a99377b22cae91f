using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Checks the rules inside the transaction and selects the host.</summary>
internal static class HostSelector
{
    // Equal distribution counts the appointments of the weeks around the wanted time, so that the cost does not grow with the past.
    private static readonly TimeSpan DistributionReach = TimeSpan.FromDays(30);

    /// <summary>The selected host (null on calendars without hosts), or the reasons why the placement cannot have the time.</summary>
    public static async Task<(UserId? Host, IReadOnlyList<Reason> Reasons)> SelectAsync(
        BookingScope scope, BookingSchedule schedule, Placement placement, DateTimeOffset start, BookingOverride overrides)
    {
        var result = await schedule.CheckAsync(scope.Db, placement, start, overrides, scope.Now, scope.CancellationToken);
        if (!result.IsAllowed)
        {
            return (null, result.Reasons);
        }

        var counts = result.Hosts.Count > 1 && schedule.Calendar.Type is CalendarType.RoundRobin
            ? await CountsAsync(scope, schedule.Calendar.Id, start)
            : [];
        var host = RoundRobin.Choose(result.Hosts, schedule.Calendar.RoundRobinBy, counts, placement.PreferredHost?.Value);
        return (host is { } id ? new UserId(id) : null, []);
    }

    public static BookingOutcome Refuse(IReadOnlyList<Reason> reasons)
    {
        var isTaken = PublicReasons.AreTaken(reasons);
        var sentences = string.Join(" ", reasons.Select(reason => reason.Sentence).Distinct());
        return BookingOutcome.Refused(
            isTaken ? Refusal.Taken : Refusal.NotOffered,
            new StaffSentence(isTaken ? $"{AppointmentTexts.Taken} {sentences}" : sentences),
            PublicReasons.Of(reasons));
    }

    private static async Task<Dictionary<Guid, int>> CountsAsync(BookingScope scope, CalendarId calendar, DateTimeOffset around)
    {
        var (from, to) = (around - DistributionReach, around + DistributionReach);
        return await scope.Db.BusyTimes
            .Where(row => row.CalendarId == calendar && row.UserId == row.HostId && row.Start >= from && row.Start < to)
            .GroupBy(row => row.HostId)
            .Select(group => new { Host = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Host.Value, row => row.Count, scope.CancellationToken);
    }
}
