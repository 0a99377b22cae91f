using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Waiting;

namespace ZoomCalendar.Core.Appointments;

public sealed record SlotListing(IReadOnlyList<FreeSlot> Free, IReadOnlyList<FreeSlot> Full);

/// <summary>What a calendar offers, and why it does not offer the rest. Two statements a question, whatever the range.</summary>
public sealed class FreeSlotFinder(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private static readonly TimeSpan NearestReach = TimeSpan.FromDays(7);

    /// <returns>The slots that start in [from, to); empty also for an unknown or archived calendar.</returns>
    public Task<IReadOnlyList<FreeSlot>> FindAsync(
        CalendarId calendar, DateTimeOffset from, DateTimeOffset to, UserId? host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        FindAsync(calendar, from, to, host, [], actor, now, cancellationToken);

    /// <summary>As above, as if the appointments <paramref name="moving"/> were not there: times that one of them can be moved to.</summary>
    public async Task<IReadOnlyList<FreeSlot>> FindAsync(
        CalendarId calendar,
        DateTimeOffset from,
        DateTimeOffset to,
        UserId? host,
        IReadOnlyCollection<AppointmentId> moving,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var schedule = await BookingSchedule.LoadAsync(db, calendar, actor, cancellationToken);
        if (schedule is null || schedule.Calendar.IsArchived)
        {
            return [];
        }

        var input = await schedule.InputAsync(db, from, to, now, moving, host, cancellationToken);
        return new Schedule(input).FreeSlots(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to));
    }

    /// <summary>Also the slots that have no seat left but a waiting list.</summary>
    public async Task<SlotListing> ListAsync(
        CalendarId calendar, DateTimeOffset from, DateTimeOffset to, UserId? host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var schedule = await BookingSchedule.LoadAsync(db, calendar, actor, cancellationToken);
        if (schedule is null || schedule.Calendar.IsArchived)
        {
            return new SlotListing([], []);
        }

        var slots = new Schedule(await schedule.InputAsync(db, from, to, now, [], host, cancellationToken));
        var (start, end) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to));
        return new SlotListing(slots.FreeSlots(start, end), schedule.Calendar.HasLine() ? slots.FullSlots(start, end) : []);
    }

    public async Task<IReadOnlyList<DateTimeOffset>> NearestAsync(
        CalendarId calendar, DateTimeOffset wanted, UserId? host, int count, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var slots = await FindAsync(calendar, wanted - NearestReach, wanted + NearestReach, host, actor, now, cancellationToken);
        return [.. slots.Select(slot => slot.Start.ToDateTimeOffset()).OrderBy(start => (start - wanted).Duration()).Take(count).Order()];
    }

    /// <summary>Every reason in a sentence for staff; empty exactly if the time is offered.</summary>
    public async Task<IReadOnlyList<Reason>> WhyNotAsync(
        CalendarId calendar, DateTimeOffset start, UserId? host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var schedule = await BookingSchedule.LoadAsync(db, calendar, actor, cancellationToken);
        if (schedule is null)
        {
            return [];
        }

        var input = await schedule.InputAsync(db, start, start, now, [], host, cancellationToken);
        return new Schedule(input).WhyNot(Instant.FromDateTimeOffset(start));
    }
}
