using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A start that somebody asks for; the host if one was named.</summary>
internal sealed record Wish(DateTimeOffset Start, int LengthMinutes, UserId? Host, BookingOverride Override)
{
    public IReadOnlyCollection<AppointmentId> Moving { get; init; } = [];

    /// <summary>The host of an appointment being moved, kept if free.</summary>
    public UserId? Keep { get; init; }

    public int Seats { get; init; } = 1;
}

/// <summary>The rules asked inside the transaction, and the host they leave.</summary>
internal static class SlotChoice
{
    // Equal distribution looks at the weeks around the wish: appointments as they are, and a cost that does not grow with the past.
    private static readonly TimeSpan DistributionReach = TimeSpan.FromDays(30);

    public static async Task<(UserId? Host, IReadOnlyList<Reason> Reasons)> ChooseAsync(BookingScope scope, BookingSchedule schedule, Wish wish)
    {
        var end = wish.Start.AddMinutes(wish.LengthMinutes);
        var read = await schedule.InputAsync(scope.Db, wish.Start, end, scope.Now, wish.Moving, wish.Host, scope.Cancel);
        var input = read with { SeatsWanted = wish.Seats };
        var verdict = BookingCheck.Judge(input, new BookingRequest(
            Instant.FromDateTimeOffset(wish.Start),
            Duration.FromMinutes(wish.LengthMinutes),
            wish.Host?.Value,
            wish.Override));
        if (!verdict.IsAllowed)
        {
            return (null, verdict.Reasons);
        }

        var counts = verdict.Hosts.Count > 1 && schedule.Calendar.Type is CalendarType.RoundRobin
            ? await CountsAsync(scope, schedule.Calendar.Id, wish.Start)
            : [];
        var host = RoundRobin.Choose(verdict.Hosts, schedule.Calendar.RoundRobinBy, counts, wish.Keep?.Value);
        return (host is { } id ? new UserId(id) : null, []);
    }

    /// <summary>What a race can cause is "just taken"; everything else the rules never offered.</summary>
    public static BookingOutcome Refuse(IReadOnlyList<Reason> reasons)
    {
        var isTaken = reasons.All(reason => reason.Kind is ReasonKind.HostBooked or ReasonKind.Buffer or ReasonKind.SeatsTaken or ReasonKind.DayLimit);
        var sentences = string.Join(" ", reasons.Select(reason => reason.Sentence).Distinct());
        return BookingOutcome.Refused(isTaken ? Refusal.Taken : Refusal.NotOffered, isTaken ? $"{Texts.Taken} {sentences}" : sentences);
    }

    private static async Task<Dictionary<Guid, int>> CountsAsync(BookingScope scope, CalendarId calendar, DateTimeOffset around)
    {
        var (from, to) = (around - DistributionReach, around + DistributionReach);
        return await scope.Db.TakenTimes
            .Where(row => row.CalendarId == calendar && row.UserId == row.HostId && row.Start >= from && row.Start < to)
            .GroupBy(row => row.HostId)
            .Select(group => new { Host = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Host.Value, row => row.Count, scope.Cancel);
    }
}
