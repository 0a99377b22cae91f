using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>The tables of this room. Inside an expression tree write <c>db.Set&lt;T&gt;()</c>: C# allows no extension member there.</summary>
public static class WaitingListSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<WaitingEntry> WaitingEntries => db.Set<WaitingEntry>();
    }
}
