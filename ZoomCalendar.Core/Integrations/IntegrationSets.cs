using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>The tables of this room. Inside an expression tree write <c>db.Set&lt;T&gt;()</c>: C# allows no extension member there.</summary>
public static class IntegrationSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<PrivateToken> PrivateTokens => db.Set<PrivateToken>();

        public DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
