using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>An appointment, as far as sharing a link is concerned.</summary>
public interface ISlotAppointment
{
    AppointmentId Id { get; }

    SubAccountId SubAccountId { get; }

    Slot Slot { get; }

    DateTimeOffset End { get; }

    /// <summary>Active, its location is Zoom, and it has a host.</summary>
    bool UsesZoom { get; }

    /// <summary>The meeting whose link it carries.</summary>
    SlotMeetingId? SlotMeetingId { get; set; }
}

/// <summary>Finds the appointments that share a meeting.</summary>
internal interface ISlotAppointments
{
    /// <summary>All that the caller's transaction knows of, tracked: changed or not, saved or not.</summary>
    Task<IReadOnlyList<ISlotAppointment>> SharingAsync(ZoomCalendarContext db, SlotMeetingId meeting, CancellationToken cancellationToken);
}
