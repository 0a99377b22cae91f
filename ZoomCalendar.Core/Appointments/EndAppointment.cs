using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Cancels, deletes and restores appointments. A cancellation never fails because of Zoom.</summary>
internal static class EndAppointment
{
    public static async Task<BookingOutcome> EndAsync(BookingScope scope, AppointmentId id, int? version, AppointmentStatus status)
    {
        var (appointment, refused) = await scope.FindForChangeAsync(id, version);
        if (appointment is null)
        {
            return refused!;
        }

        if (!scope.Actor.IsStaff && await CutOffAsync(scope, appointment) is { } tooLate)
        {
            return BookingOutcome.Refused(Refusal.NotOffered, tooLate);
        }

        if (appointment.Status != status)
        {
            await EndAsync(scope, appointment, status);
        }

        return BookingOutcome.Done(id);
    }

    public static async Task<BookingOutcome> SetStatusAsync(BookingScope scope, AppointmentId id, int? version, AppointmentStatus status)
    {
        if (!status.IsActive())
        {
            return await EndAsync(scope, id, version, status);
        }

        // It may be a restoration, so the calendar is locked before any user.
        await scope.LockForMoveAsync(id);
        var (appointment, refused) = await scope.FindForChangeAsync(id, version);
        if (appointment is null)
        {
            return refused!;
        }

        if (appointment.IsActive)
        {
            if (appointment.Status != status)
            {
                appointment.Status = status;
                appointment.Touch(scope.Now);
                scope.Record(EventKind.AppointmentStatusChanged, appointment, status.ToString());
            }

            return BookingOutcome.Done(id);
        }

        return await RestoreAsync(scope, appointment, status);
    }

    public static async Task<BookingOutcome> CancelSlotAsync(BookingScope scope, Slot slot)
    {
        var appointments = await scope.ActiveInAsync(slot);
        if (appointments.Count == 0)
        {
            return BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NotFound);
        }

        foreach (var each in appointments)
        {
            var (appointment, refused) = await scope.FindForChangeAsync(each.Id, null);
            if (appointment is null)
            {
                return refused!;
            }

            await EndAsync(scope, appointment, AppointmentStatus.Cancelled);
        }

        await scope.Db.EndWaitingListAsync(slot, scope.CancellationToken);
        return BookingOutcome.Done(appointments[0].Id);
    }

    /// <summary>Ends an appointment. The caller has checked the permission and taken the locks.</summary>
    public static async Task EndAsync(BookingScope scope, Appointment appointment, AppointmentStatus status)
    {
        var wasActive = appointment.IsActive;
        if (appointment.UsesZoom)
        {
            await scope.Meetings.LeaveAsync(appointment, status switch
            {
                AppointmentStatus.Deleted => LeavingReason.Deleted,
                AppointmentStatus.Cancelled => LeavingReason.Cancelled,
                _ => LeavingReason.Ended,
            });
        }

        appointment.Status = status;
        appointment.Touch(scope.Now);
        scope.Record(
            status switch
            {
                AppointmentStatus.Deleted => EventKind.AppointmentDeleted,
                AppointmentStatus.Cancelled => EventKind.AppointmentCancelled,
                _ => EventKind.AppointmentStatusChanged,
            },
            appointment,
            status.ToString());
        if (wasActive)
        {
            await scope.SaveWithBusyTimesAsync(appointment, attendees: []);
        }
    }

    /// <summary>
    /// Restores an appointment by the rules of a booking of its slot, with the present host if its own can no longer host. Seats and
    /// overlaps are checked again. The link is the slot's or a new one.
    /// </summary>
    private static async Task<BookingOutcome> RestoreAsync(BookingScope scope, Appointment appointment, AppointmentStatus status)
    {
        var schedule = (await BookingSchedule.LoadAsync(scope.Db, appointment.CalendarId, scope.Actor, scope.CancellationToken))!;
        var canHost = schedule.CanHost(appointment.HostId);
        var placement = Placement.ForMove(schedule, appointment, appointment.HostId, null, scope.Actor);
        // A double-booking over one host's time does not extend to another host.
        var overrides = BookingOverride.Staff | (appointment.DoubleBook && canHost ? BookingOverride.DoubleBook : BookingOverride.None);
        var (host, reasons) = await HostSelector.SelectAsync(scope, schedule, placement, appointment.Start, overrides);
        // A past appointment can still be marked as showed. Only taken times stand in the way.
        var obstacles = reasons.Where(reason => reason.Kind is not ReasonKind.Past).ToList();
        if (obstacles.Count > 0)
        {
            return HostSelector.Refuse(obstacles);
        }

        var former = appointment.Slot;
        if (reasons.Count == 0 && host != appointment.HostId)
        {
            appointment.MoveTo(host, appointment.Start, appointment.End);
            appointment.DoubleBook = false;
        }

        appointment.Status = status;
        appointment.Touch(scope.Now);
        if (appointment.UsesZoom)
        {
            await scope.JoinMeetingAsync(appointment, schedule);
        }

        scope.Record(EventKind.AppointmentRestored, appointment, status.ToString(), former == appointment.Slot ? null : former);
        await scope.SaveWithBusyTimesAsync(appointment, schedule.Attendees);
        return BookingOutcome.Done(appointment.Id);
    }

    private static async Task<PublicSentence?> CutOffAsync(BookingScope scope, Appointment appointment)
    {
        var rules = await scope.RulesOfAsync(appointment.CalendarId);
        return BookerChangeRules.WhyNotCancel(
            Instant.FromDateTimeOffset(appointment.Start),
            Duration.FromMinutes(rules.MinimumNoticeMinutes),
            Duration.FromMinutes(rules.CutOffMinutes),
            Instant.FromDateTimeOffset(scope.Now));
    }
}
