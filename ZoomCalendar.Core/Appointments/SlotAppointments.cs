using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Finds the appointments of a slot meeting.</summary>
internal sealed class SlotAppointments : ISlotAppointments
{
    public async Task<IReadOnlyList<ISlotAppointment>> SharingAsync(
        ZoomCalendarContext db, SlotMeetingId meeting, CancellationToken cancellationToken) =>
        await db.Appointments.Where(row => row.SlotMeetingId == meeting).ToListAsync(cancellationToken);
}
