using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class CalendarSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Calendar> Calendars => db.Set<Calendar>();

        public DbSet<CalendarMember> CalendarMembers => db.Set<CalendarMember>();

        public DbSet<BlockedTime> BlockedTimes => db.Set<BlockedTime>();
    }
}
