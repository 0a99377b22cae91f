using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Moves appointments to another time, another host, or both. The link follows the slot.</summary>
internal static class MoveAppointment
{
    /// <param name="scope">The transaction.</param>
    /// <param name="request">The new time and host.</param>
    /// <param name="isRestored">The appointment was ended and becomes active again at the new time, in the same transaction.</param>
    public static async Task<BookingOutcome> MoveAsync(BookingScope scope, MoveRequest request, bool isRestored = false)
    {
        if (request.LengthMinutes is < 5 or > 24 * 60)
        {
            return BookingOutcome.Refused(Refusal.Invalid, new PublicSentence("An appointment lasts 5 minutes to 24 hours."));
        }

        await scope.LockForMoveAsync(request.Id);
        var (appointment, refused) = await scope.FindForChangeAsync(request.Id, request.Version);
        if (appointment is null)
        {
            return refused!;
        }

        if (!appointment.IsActive && !isRestored)
        {
            return BookingOutcome.Refused(
                Refusal.NotOffered,
                new StaffSentence("This appointment was cancelled. Book a new one, or set it back to confirmed first."),
                new PublicSentence("This appointment was cancelled. Please book a new one."));
        }

        var schedule = (await BookingSchedule.LoadAsync(scope.Db, appointment.CalendarId, scope.Actor, scope.CancellationToken))!;
        var start = request.Start.ToUniversalTime();
        if (Refuse(scope, schedule, appointment, request) is { } forbidden)
        {
            return forbidden;
        }

        if (!scope.Actor.IsStaff && start == appointment.Start)
        {
            // The same form was sent twice, and the appointment was moved already.
            return BookingOutcome.Done(appointment.Id);
        }

        var minutes = request.LengthMinutes ?? (int)appointment.Length.TotalMinutes;
        if (scope.Actor.IsStaff && !isRestored && IsResize(appointment, request, minutes))
        {
            return await EditAppointmentDetails.ResizeAsync(scope, appointment, minutes);
        }

        var placement = Placement.ForMove(schedule, appointment, request.HostId, request.LengthMinutes, scope.Actor);
        var (host, reasons) = await HostSelector.SelectAsync(scope, schedule, placement, start, request.Override);
        if (reasons.Count > 0)
        {
            return HostSelector.Refuse(reasons);
        }

        var isOtherZone = TakeOverTimeZone(appointment, request.BookerTimeZone);
        if (!isRestored && appointment.Slot == new Slot(appointment.CalendarId, host, start)
            && minutes == (int)appointment.Length.TotalMinutes)
        {
            if (isOtherZone)
            {
                appointment.Touch(scope.Now);
                scope.Record(EventKind.AppointmentEdited, appointment);
            }

            return BookingOutcome.Done(appointment.Id);
        }

        appointment.DoubleBook = request.Override.HasFlag(BookingOverride.DoubleBook);
        await MoveAsync(scope, schedule, appointment, host, start, minutes);
        return BookingOutcome.Done(appointment.Id);
    }

    /// <summary>Takes over the time zone that the booker chose while rescheduling; false if nothing changes.</summary>
    private static bool TakeOverTimeZone(Appointment appointment, string? zone)
    {
        if (zone is null || zone == appointment.Booker.TimeZone || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            return false;
        }

        appointment.Booker = appointment.Booker with { TimeZone = zone };
        return true;
    }

    public static async Task<BookingOutcome> MoveSlotAsync(
        BookingScope scope, Slot slot, DateTimeOffset newStart, BookingOverride overrides)
    {
        await scope.Db.LockForBookingAsync(slot.CalendarId, scope.CancellationToken);
        var appointments = await scope.ActiveInAsync(slot);
        if (appointments.Count == 0)
        {
            return BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NotFound);
        }

        foreach (var each in appointments)
        {
            var (_, refused) = await scope.FindForChangeAsync(each.Id, null);
            if (refused is not null)
            {
                return refused;
            }
        }

        var schedule = (await BookingSchedule.LoadAsync(scope.Db, slot.CalendarId, scope.Actor, scope.CancellationToken))!;
        var placement = Placement.ForSlot(
            schedule, appointments, await scope.Db.WaitingListAsync(slot.CalendarId, slot.Start, scope.CancellationToken));
        var (host, reasons) = await HostSelector.SelectAsync(scope, schedule, placement, newStart, overrides & BookingOverride.Staff);
        if (reasons.Count > 0)
        {
            return HostSelector.Refuse(reasons);
        }

        if (new Slot(slot.CalendarId, host, newStart.ToUniversalTime()) == slot with { Start = slot.Start.ToUniversalTime() })
        {
            return BookingOutcome.Done(appointments[0].Id);
        }

        // Busy times are removed first: the old and the new time may overlap, which the database allows only within one slot.
        await HostBusyTimes.EraseAsync(scope.Db, [.. appointments.Select(appointment => appointment.Id)], scope.CancellationToken);
        foreach (var appointment in appointments)
        {
            await MoveAsync(scope, schedule, appointment, host, newStart.ToUniversalTime(), (int)appointment.Length.TotalMinutes);
        }

        await scope.Db.EndWaitingListAsync(slot, scope.CancellationToken);

        return BookingOutcome.Done(appointments[0].Id);
    }

    private static async Task MoveAsync(
        BookingScope scope, BookingSchedule schedule, Appointment appointment, UserId? host, DateTimeOffset start, int minutes)
    {
        var isSameSlot = appointment.HostId == host && appointment.Start == start;
        if (appointment.UsesZoom && !isSameSlot)
        {
            await scope.Meetings.LeaveAsync(
                appointment, appointment.HostId == host ? LeavingReason.Rescheduled : LeavingReason.HostChanged);
        }

        var former = appointment.Slot;
        appointment.MoveTo(host, start, start.AddMinutes(minutes));
        if (!isSameSlot)
        {
            var rules = schedule.Calendar.Rules;
            (appointment.BufferBeforeMinutes, appointment.BufferAfterMinutes) = (rules.BufferBeforeMinutes, rules.BufferAfterMinutes);
        }

        appointment.Touch(scope.Now);
        var hasLink = false;
        if (appointment.UsesZoom && isSameSlot)
        {
            hasLink = await scope.Meetings.ContentChangedAsync(appointment);
        }
        else if (appointment.UsesZoom)
        {
            await scope.JoinMeetingAsync(appointment, schedule);
        }

        scope.Record(
            isSameSlot ? EventKind.AppointmentEdited : EventKind.AppointmentMoved,
            appointment,
            hasLink ? EventDetails.LinkKept : "",
            former);
        await scope.SaveWithBusyTimesAsync(appointment, schedule.Attendees);
    }

    private static bool IsResize(Appointment appointment, MoveRequest request, int minutes) =>
        request.Start.ToUniversalTime() == appointment.Start && (request.HostId ?? appointment.HostId) == appointment.HostId
            && minutes != (int)appointment.Length.TotalMinutes
        && !request.Override.HasFlag(BookingOverride.DoubleBook);

    private static BookingOutcome? Refuse(BookingScope scope, BookingSchedule schedule, Appointment appointment, MoveRequest request)
    {
        if (!scope.Actor.IsStaff)
        {
            var refusal = WhyBookerMayNotMove(schedule.Calendar, appointment, scope.Now)
                ?? (request.Override is BookingOverride.None ? null : new PublicSentence("Only staff can ignore a calendar's rules."))
                ?? (request.LengthMinutes is { } minutes && minutes != (int)appointment.Length.TotalMinutes ? new PublicSentence(
                    "An appointment keeps its duration when it is moved.") : null);
            return refusal is null ? null : BookingOutcome.Refused(Refusal.NotOffered, refusal);
        }

        var isForSomebodyElse = request.HostId is { } host && host != appointment.HostId && host != scope.Actor.UserId;
        return (isForSomebodyElse || request.Override.HasFlag(BookingOverride.DoubleBook)) && schedule.Role is not Role.Admin
            ? BookingOutcome.Refused(Refusal.Forbidden, "Only an admin can reassign an appointment or double-book.")
            : null;
    }

    /// <summary>
    /// Why the booker may not move the appointment at all now; null if they may. The new start is checked by the placement.
    /// </summary>
    public static PublicSentence? WhyBookerMayNotMove(Calendar calendar, Appointment appointment, DateTimeOffset now) => calendar.IsArchived
        ? new PublicSentence("This calendar no longer takes bookings. Please contact us.")
        : BookerChangeRules.WhyNotMoveFrom(
            Instant.FromDateTimeOffset(appointment.Start),
            Duration.FromMinutes(calendar.Rules.MinimumNoticeMinutes),
            Duration.FromMinutes(calendar.Rules.CutOffMinutes),
            Instant.FromDateTimeOffset(now));
}
