using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class AuditSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<AuditEntry> AuditEntries => db.Set<AuditEntry>();
    }
}
