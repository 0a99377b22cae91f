using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>The tables of this room. Inside an expression tree write <c>db.Set&lt;T&gt;()</c>: C# allows no extension member there.</summary>
public static class CalendarSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Calendar> Calendars => db.Set<Calendar>();

        public DbSet<CalendarMember> CalendarMembers => db.Set<CalendarMember>();

        public DbSet<BlockedTime> BlockedTimes => db.Set<BlockedTime>();
    }
}
