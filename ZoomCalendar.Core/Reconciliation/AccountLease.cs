using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>A lease that lets one process at a time work on a Zoom account. The lease of a dead process expires.</summary>
internal sealed class AccountLease(Guid owner)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>The part of the lease that must be left to send a request, which may take 15 s.</summary>
    public static readonly TimeSpan NeededToSend = TimeSpan.FromSeconds(20);

    public Guid Owner => owner;

    /// <summary>Takes a free or expired lease, or our own again: within a process only one worker handles an account.</summary>
    /// <returns>False if another process holds the lease.</returns>
    public async Task<bool> ClaimAsync(ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExtendAsync(
            db.ZoomAccounts.Where(account => account.Key == key
                && (account.WorkLeaseUntil == null || account.WorkLeaseUntil <= now || account.WorkLeaseOwner == owner)),
            now,
            cancellationToken);

    /// <summary>Extends our lease; false if it expired, so that another process may be at work.</summary>
    public async Task<bool> RenewAsync(ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExtendAsync(
            db.ZoomAccounts.Where(account => account.Key == key && account.WorkLeaseOwner == owner && account.WorkLeaseUntil > now),
            now,
            cancellationToken);

    public Task<int> ReleaseAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(account => account.Key == key && account.WorkLeaseOwner == owner)
            .ExecuteUpdateAsync(
                set => set.SetProperty(account => account.WorkLeaseOwner, (Guid?)null)
                    .SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)null),
                cancellationToken);

    private async Task<bool> ExtendAsync(IQueryable<ZoomAccount> free, DateTimeOffset now, CancellationToken cancellationToken) =>
        await free.ExecuteUpdateAsync(
            set => set.SetProperty(account => account.WorkLeaseOwner, (Guid?)owner)
                .SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)(now + Length)),
            cancellationToken) == 1;
}
