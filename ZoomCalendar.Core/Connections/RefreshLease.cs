using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>The right to use up an account's refresh token, or to revoke it: one holder among all processes; a dead one's lapses.</summary>
internal sealed class RefreshLease : IAsyncDisposable
{
    // Longer than a request to Zoom (15 s) and the writes around it (30 s at worst on a busy database).
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly IDbContextFactory<ZoomCalendarContext> _contexts;

    private RefreshLease(IDbContextFactory<ZoomCalendarContext> contexts, string zoomUserKey) => (_contexts, ZoomUserKey) = (contexts, zoomUserKey);

    public string ZoomUserKey { get; }

    public Guid Owner { get; } = Guid.NewGuid();

    public static async Task<RefreshLease?> TryTakeAsync(
        IDbContextFactory<ZoomCalendarContext> contexts, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lease = new RefreshLease(contexts, zoomUserKey);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await db.ZoomAccounts
            .Where(account => account.Key == zoomUserKey && (account.RefreshLeaseUntil == null || account.RefreshLeaseUntil <= now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.RefreshLeaseOwner, lease.Owner)
                    .SetProperty(account => account.RefreshLeaseUntil, now + Length),
                cancellationToken);
        return taken == 1 ? lease : null;
    }

    public async ValueTask DisposeAsync()
    {
        await using var db = await _contexts.CreateDbContextAsync();
        await db.ZoomAccounts
            .Where(account => account.Key == ZoomUserKey && account.RefreshLeaseOwner == Owner)
            .ExecuteUpdateAsync(set => set
                .SetProperty(account => account.RefreshLeaseOwner, (Guid?)null)
                .SetProperty(account => account.RefreshLeaseUntil, (DateTimeOffset?)null));
    }
}
