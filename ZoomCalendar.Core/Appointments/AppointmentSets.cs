using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class AppointmentSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Appointment> Appointments => db.Set<Appointment>();

        public DbSet<BusyTime> BusyTimes => db.Set<BusyTime>();
    }
}
