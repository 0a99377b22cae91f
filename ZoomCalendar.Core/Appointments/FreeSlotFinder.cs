using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The free slots of a range, and the full ones that have a waiting list.</summary>
public sealed record SlotListing(IReadOnlyList<FreeSlot> Free, IReadOnlyList<FreeSlot> Full)
{
    public static readonly SlotListing Empty = new([], []);
}

/// <summary>A move whose time is still to be chosen.</summary>
public sealed record PlannedMove(AppointmentId Id)
{
    /// <summary>Null for the present host if free, otherwise as the calendar's rules choose.</summary>
    public UserId? HostId { get; init; }

    /// <summary>Null keeps the length.</summary>
    public int? LengthMinutes { get; init; }

    /// <summary>All appointments of the slot move together and keep their lengths.</summary>
    public bool WholeSlot { get; init; }

    /// <summary>The appointment was ended and becomes active again with the move.</summary>
    public bool IsRestored { get; init; }
}

/// <summary>
/// Finds a calendar's free times, and the reasons why others are not free. The number of statements does not depend on the range.
/// Thread-safe.
/// </summary>
public sealed class FreeSlotFinder(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private static readonly TimeSpan NearestReach = TimeSpan.FromDays(7);

    /// <returns>The slots that start in [from, to). Empty for an unknown or archived calendar.</returns>
    public async Task<IReadOnlyList<FreeSlot>> FindAsync(
        CalendarId calendar,
        DateTimeOffset from,
        DateTimeOffset to,
        UserId? host,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        (await ListAsync(calendar, from, to, host, actor, now, cancellationToken)).Free;

    /// <summary>The free slots, and the full ones that have a waiting list.</summary>
    public Task<SlotListing> ListAsync(
        CalendarId calendar,
        DateTimeOffset from,
        DateTimeOffset to,
        UserId? host,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        ListAsync(calendar, Placement.ForNew(host), from, to, actor, now, cancellationToken);

    /// <summary>The free starts nearest to the wanted one, within seven days, in order.</summary>
    public Task<IReadOnlyList<DateTimeOffset>> NearestAsync(
        CalendarId calendar,
        DateTimeOffset wanted,
        UserId? host,
        int count,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        NearestAsync(calendar, Placement.ForNew(host), wanted, count, actor, now, cancellationToken);

    /// <summary>
    /// The slots starting in [from, to) that an appointment, or its whole slot, can be moved to. For its booker the present time is left
    /// out, and the list is empty when it is too late to move. Empty as well for appointments that do not exist or were cancelled.
    /// </summary>
    public async Task<IReadOnlyList<FreeSlot>> FindForMoveAsync(
        PlannedMove move, DateTimeOffset from, DateTimeOffset to, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var appointment = await db.Appointments.AsNoTracking()
            .FirstOrDefaultAsync(
                row => row.Id == move.Id && row.SubAccountId == actor.SubAccountId && row.Status != AppointmentStatus.Deleted,
                cancellationToken);
        if (appointment is null || (!appointment.IsActive && !move.IsRestored)
            || await BookingSchedule.LoadAsync(db, appointment.CalendarId, actor, cancellationToken) is not { } schedule
            || (!actor.IsStaff && MoveAppointment.WhyBookerMayNotMove(schedule.Calendar, appointment, now) is not null))
        {
            return [];
        }

        var placement = move.WholeSlot && appointment.IsActive
            ? await PlacementOfSlotAsync(db, schedule, appointment, cancellationToken)
            : Placement.ForMove(schedule, appointment, move.HostId, move.LengthMinutes, actor);
        if (!SlotRules.IsLength(placement.LengthOn(schedule.Calendar)))
        {
            return [];
        }

        var slots = (await schedule.ListAsync(db, placement, from, to, now, cancellationToken)).Free;
        return actor.IsStaff ? slots : [.. slots.Where(slot => slot.Start.ToDateTimeOffset() != appointment.Start)];
    }

    /// <summary>Those of the same times that are nearest to the wanted one, in order.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> NearestForMoveAsync(
        PlannedMove move, DateTimeOffset wanted, int count, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        Nearest(await FindForMoveAsync(move, wanted - NearestReach, wanted + NearestReach, actor, now, cancellationToken), wanted, count);

    /// <summary>All reasons why a time is not offered, for staff; empty exactly if it is offered.</summary>
    public async Task<IReadOnlyList<Reason>> WhyNotAsync(
        CalendarId calendar, DateTimeOffset start, UserId? host, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await BookingSchedule.LoadAsync(db, calendar, actor, cancellationToken) is { } schedule
            ? (await schedule.CheckAsync(db, Placement.ForNew(host), start, BookingOverride.None, now, cancellationToken)).Reasons
            : [];
    }

    internal async Task<IReadOnlyList<DateTimeOffset>> NearestAsync(
        CalendarId calendar,
        Placement placement,
        DateTimeOffset wanted,
        int count,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var slots = await ListAsync(calendar, placement, wanted - NearestReach, wanted + NearestReach, actor, now, cancellationToken);
        return Nearest(slots.Free, wanted, count);
    }

    private static async Task<Placement> PlacementOfSlotAsync(
        ZoomCalendarContext db, BookingSchedule schedule, Appointment appointment, CancellationToken cancellationToken) =>
        Placement.ForSlot(
            schedule,
            await db.ActiveInAsync(appointment.Slot, appointment.SubAccountId, cancellationToken),
            await db.WaitingListAsync(appointment.CalendarId, appointment.Start, cancellationToken));

    private static IReadOnlyList<DateTimeOffset> Nearest(IReadOnlyList<FreeSlot> slots, DateTimeOffset wanted, int count) =>
        [.. slots.Select(slot => slot.Start.ToDateTimeOffset()).OrderBy(start => (start - wanted).Duration()).Take(count).Order()];

    private async Task<SlotListing> ListAsync(
        CalendarId calendar,
        Placement placement,
        DateTimeOffset from,
        DateTimeOffset to,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await BookingSchedule.LoadAsync(db, calendar, actor, cancellationToken) is { Calendar.IsArchived: false } schedule
            ? await schedule.ListAsync(db, placement, from, to, now, cancellationToken)
            : SlotListing.Empty;
    }
}
