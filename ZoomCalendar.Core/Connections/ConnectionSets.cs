using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class ConnectionSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<ZoomAccount> ZoomAccounts => db.Set<ZoomAccount>();

        public DbSet<Connection> Connections => db.Set<Connection>();

        public DbSet<ConnectAttempt> ConnectAttempts => db.Set<ConnectAttempt>();

        public DbSet<PendingConnection> PendingConnections => db.Set<PendingConnection>();

        public DbSet<WebhookMessage> WebhookMessages => db.Set<WebhookMessage>();
    }
}
