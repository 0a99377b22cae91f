using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>One process works on a Zoom account at a time; a dead one's claim lapses.</summary>
internal sealed class AccountLease(Guid owner)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>A request may take 15 s: with no more than this left of the lease, none is begun.</summary>
    public static readonly TimeSpan NeededToSend = TimeSpan.FromSeconds(20);

    public Guid Owner => owner;

    /// <summary>Ours is ours again: within a process one worker at a time works on an account.</summary>
    public async Task<bool> ClaimAsync(ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExtendAsync(db.ZoomAccounts.Where(account => account.Key == key && (account.WorkLeaseUntil == null || account.WorkLeaseUntil <= now || account.WorkLeaseOwner == owner)), now, cancellationToken);

    /// <summary>False if it lapsed: somebody else may be at work.</summary>
    public async Task<bool> RenewAsync(ZoomCalendarContext db, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExtendAsync(db.ZoomAccounts.Where(account => account.Key == key && account.WorkLeaseOwner == owner && account.WorkLeaseUntil > now), now, cancellationToken);

    public Task<int> ReleaseAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(account => account.Key == key && account.WorkLeaseOwner == owner)
            .ExecuteUpdateAsync(
                set => set.SetProperty(account => account.WorkLeaseOwner, (Guid?)null).SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)null),
                cancellationToken);

    private async Task<bool> ExtendAsync(IQueryable<ZoomAccount> free, DateTimeOffset now, CancellationToken cancellationToken) =>
        await free.ExecuteUpdateAsync(
            set => set.SetProperty(account => account.WorkLeaseOwner, (Guid?)owner).SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)(now + Length)),
            cancellationToken) == 1;
}
