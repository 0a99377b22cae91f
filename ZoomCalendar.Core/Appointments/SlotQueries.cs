using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Queries for the appointments of a slot.</summary>
internal static class SlotQueries
{
    /// <summary>The slot's active appointments, tracked, ordered by id.</summary>
    public static Task<List<Appointment>> ActiveInAsync(
        this ZoomCalendarContext db, Slot slot, SubAccountId subAccount, CancellationToken cancellationToken) =>
        db.Appointments
            .Where(row => row.SubAccountId == subAccount && row.CalendarId == slot.CalendarId && row.HostId == slot.HostId
                && row.Start == slot.Start)
            .Where(row => row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed
                || row.Status == AppointmentStatus.Showed || row.Status == AppointmentStatus.NoShow)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
}
