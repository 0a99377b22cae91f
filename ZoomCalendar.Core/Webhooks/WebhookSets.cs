using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class WebhookSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Webhook> Webhooks => db.Set<Webhook>();

        public DbSet<WebhookDelivery> WebhookDeliveries => db.Set<WebhookDelivery>();

        public DbSet<SigningKey> SigningKeys => db.Set<SigningKey>();
    }
}
