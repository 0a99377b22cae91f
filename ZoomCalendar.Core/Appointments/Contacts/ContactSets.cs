using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class ContactSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Contact> Contacts => db.Set<Contact>();
    }
}
