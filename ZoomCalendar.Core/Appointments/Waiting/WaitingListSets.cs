using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class WaitingListSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<WaitingEntry> WaitingEntries => db.Set<WaitingEntry>();
    }
}
