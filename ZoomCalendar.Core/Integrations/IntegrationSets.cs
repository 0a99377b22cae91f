using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class IntegrationSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<PrivateToken> PrivateTokens => db.Set<PrivateToken>();

        public DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
