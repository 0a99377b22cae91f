using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Waiting;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Rescheduling: another time, another host, or both. The link follows the slot.</summary>
internal static class Moving
{
    /// <param name="scope">The transaction.</param>
    /// <param name="request">Where to.</param>
    /// <param name="comesBack">It was ended and becomes active again in this transaction, at the new time.</param>
    public static async Task<BookingOutcome> MoveAsync(BookingScope scope, MoveRequest request, bool comesBack = false)
    {
        if (request.LengthMinutes is < 5 or > 24 * 60)
        {
            return BookingOutcome.Refused(Refusal.Invalid, "An appointment lasts 5 minutes to 24 hours.");
        }

        await scope.LockForMoveAsync(request.Id);
        var (appointment, refused) = await scope.OpenAsync(request.Id, request.Version);
        if (appointment is null)
        {
            return refused!;
        }

        if (!appointment.IsActive && !comesBack)
        {
            return BookingOutcome.Refused(Refusal.NotOffered, "This appointment was cancelled. Book a new one, or set it back to confirmed first.");
        }

        var schedule = (await BookingSchedule.LoadAsync(scope.Db, appointment.CalendarId, scope.Actor, scope.Cancel))!;
        if (await RefuseAsync(scope, schedule, appointment, request) is { } forbidden)
        {
            return forbidden;
        }

        var minutes = request.LengthMinutes ?? (int)appointment.Length.TotalMinutes;
        if (scope.Actor.IsStaff && !comesBack && IsResize(appointment, request, minutes))
        {
            return await Editing.ResizeAsync(scope, appointment, minutes);
        }

        var wish = WishOf(schedule, appointment, request, minutes);
        var (host, reasons) = await SlotChoice.ChooseAsync(scope, schedule, wish);
        if (reasons.Count > 0)
        {
            return SlotChoice.Refuse(reasons);
        }

        appointment.DoubleBook = request.Override.HasFlag(BookingOverride.DoubleBook);
        await MoveAsync(scope, schedule, appointment, host, request.Start.ToUniversalTime(), minutes);
        return BookingOutcome.Done(appointment.Id);
    }

    public static async Task<BookingOutcome> MoveSlotAsync(BookingScope scope, Slot slot, DateTimeOffset newStart)
    {
        await scope.Db.LockForBookingAsync(slot.CalendarId, scope.Cancel);
        var appointments = await scope.ActiveInAsync(slot);
        if (appointments.Count == 0)
        {
            return BookingOutcome.Refused(Refusal.NotFound, Texts.NotFound);
        }

        foreach (var each in appointments)
        {
            var (_, refused) = await scope.OpenAsync(each.Id, null);
            if (refused is not null)
            {
                return refused;
            }
        }

        var schedule = (await BookingSchedule.LoadAsync(scope.Db, slot.CalendarId, scope.Actor, scope.Cancel))!;
        var longest = appointments.Max(appointment => (int)appointment.Length.TotalMinutes);
        var (host, reasons) = await SlotChoice.ChooseAsync(scope, schedule, new Wish(newStart, longest, slot.HostId, BookingOverride.Staff)
        {
            Moving = [.. appointments.Select(appointment => appointment.Id)],
            Keep = slot.HostId,
            Seats = appointments.Count,
        });
        if (reasons.Count > 0)
        {
            return SlotChoice.Refuse(reasons);
        }

        // All at once: the slot's old and new time may overlap, which the database allows only within one slot.
        await Claims.EraseAsync(scope.Db, [.. appointments.Select(appointment => appointment.Id)], scope.Cancel);
        foreach (var appointment in appointments)
        {
            await MoveAsync(scope, schedule, appointment, host, newStart.ToUniversalTime(), (int)appointment.Length.TotalMinutes);
        }

        await scope.Db.EndLineAsync(slot, scope.Cancel);

        return BookingOutcome.Done(appointments[0].Id);
    }

    private static async Task MoveAsync(BookingScope scope, BookingSchedule schedule, Appointment appointment, UserId? host, DateTimeOffset start, int minutes)
    {
        var isSameSlot = appointment.HostId == host && appointment.Start == start;
        if (appointment.UsesZoom && !isSameSlot)
        {
            await scope.Meetings.LeaveAsync(appointment);
        }

        var former = appointment.Slot;
        appointment.MoveTo(host, start, start.AddMinutes(minutes));
        appointment.Changed(scope.Now);
        if (appointment.UsesZoom)
        {
            await (isSameSlot
                ? scope.Meetings.ContentChangedAsync(appointment)
                : scope.JoinMeetingAsync(appointment, schedule));
        }

        scope.Record(isSameSlot ? EventKind.AppointmentEdited : EventKind.AppointmentMoved, appointment, former: former);
        await scope.SaveWithClaimsAsync(appointment, schedule.Attendees);
    }

    private static bool IsResize(Appointment appointment, MoveRequest request, int minutes) =>
        request.Start.ToUniversalTime() == appointment.Start && (request.HostId ?? appointment.HostId) == appointment.HostId && minutes != (int)appointment.Length.TotalMinutes
        && !request.Override.HasFlag(BookingOverride.DoubleBook);

    private static Wish WishOf(BookingSchedule schedule, Appointment appointment, MoveRequest request, int minutes)
    {
        var isRoundRobin = schedule.Calendar is { IsLegacy: false, Type: CalendarType.RoundRobin };
        // An appointment keeps the length it was booked with, whatever the calendar's is today.
        var ownLength = minutes == (int)appointment.Length.TotalMinutes && minutes != schedule.Calendar.Rules.LengthMinutes
            ? BookingOverride.Hours
            : BookingOverride.None;
        return new Wish(request.Start, minutes, request.HostId ?? (isRoundRobin ? null : appointment.HostId), request.Override | ownLength)
        {
            Moving = [appointment.Id],
            Keep = request.HostId ?? appointment.HostId,
        };
    }

    private static async Task<BookingOutcome?> RefuseAsync(BookingScope scope, BookingSchedule schedule, Appointment appointment, MoveRequest request)
    {
        if (!scope.Actor.IsStaff)
        {
            var rules = await scope.RulesOfAsync(appointment.CalendarId);
            var tooLate = CustomerChange.WhyNotMove(
                Instant.FromDateTimeOffset(appointment.Start),
                Instant.FromDateTimeOffset(request.Start),
                Duration.FromMinutes(rules.MinimumNoticeMinutes),
                Duration.FromMinutes(rules.CutOffMinutes),
                Instant.FromDateTimeOffset(scope.Now));
            return tooLate is null && request.Override is BookingOverride.None
                ? null
                : BookingOutcome.Refused(Refusal.NotOffered, tooLate ?? "Only staff can set a calendar's rules aside.");
        }

        var isForSomebodyElse = request.HostId is { } host && host != appointment.HostId && host != scope.Actor.UserId;
        return (isForSomebodyElse || request.Override.HasFlag(BookingOverride.DoubleBook)) && schedule.Role is not Role.Admin
            ? BookingOutcome.Refused(Refusal.Forbidden, "Only an admin can give an appointment to somebody else or double-book.")
            : null;
    }
}
