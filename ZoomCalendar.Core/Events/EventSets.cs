using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class EventSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Event> Events => db.Set<Event>();

        public DbSet<EventReader> EventReaders => db.Set<EventReader>();
    }
}
