using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>The part of an appointment that link sharing needs.</summary>
public interface ISlotAppointment
{
    AppointmentId Id { get; }

    SubAccountId SubAccountId { get; }

    Slot Slot { get; }

    DateTimeOffset End { get; }

    /// <summary>The appointment is active, its location is Zoom and it has a host.</summary>
    bool UsesZoom { get; }

    /// <summary>The meeting whose link the appointment carries; null without a link.</summary>
    SlotMeetingId? SlotMeetingId { get; set; }
}

/// <summary>Finds the appointments that share a meeting.</summary>
internal interface ISlotAppointments
{
    /// <summary>Returns the appointments of a meeting as tracked entities, with the changes of the caller's transaction.</summary>
    Task<IReadOnlyList<ISlotAppointment>> SharingAsync(ZoomCalendarContext db, SlotMeetingId meeting, CancellationToken cancellationToken);
}
