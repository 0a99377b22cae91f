using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Queries for the appointments of a slot.</summary>
internal static class SlotQueries
{
    /// <summary>The slot's active appointments.</summary>
    public static IQueryable<Appointment> ActiveIn(this ZoomCalendarContext db, Slot slot) =>
        db.Appointments
            .Where(row => row.CalendarId == slot.CalendarId && row.HostId == slot.HostId && row.Start == slot.Start)
            .WhereActive();

    /// <summary>The slot's active appointments in one sub-account, tracked, ordered by id.</summary>
    public static Task<List<Appointment>> ActiveInAsync(
        this ZoomCalendarContext db, Slot slot, SubAccountId subAccount, CancellationToken cancellationToken) =>
        db.ActiveIn(slot).Where(row => row.SubAccountId == subAccount).OrderBy(row => row.Id).ToListAsync(cancellationToken);
}
