using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A lease on an account's refresh token, for refreshing or revoking it. Only one process holds it; it expires after 60 s.
/// </summary>
internal sealed class RefreshLease : IAsyncDisposable
{
    // Longer than a request to Zoom (15 s) and the writes around it (at most 30 s on a busy database).
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly IDbContextFactory<ZoomCalendarContext> _contexts;

    private RefreshLease(IDbContextFactory<ZoomCalendarContext> contexts, string zoomUserKey) =>
        (_contexts, ZoomUserKey) = (contexts, zoomUserKey);

    public string ZoomUserKey { get; }

    public Guid Owner { get; } = Guid.NewGuid();

    /// <summary>Takes the lease. Null: another process holds it.</summary>
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
