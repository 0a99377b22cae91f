using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class MeetingSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<SlotMeeting> SlotMeetings => db.Set<SlotMeeting>();

        public DbSet<QuotaDay> QuotaDays => db.Set<QuotaDay>();
    }
}
