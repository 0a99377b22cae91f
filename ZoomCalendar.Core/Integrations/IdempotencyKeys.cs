using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>
/// Stores idempotency keys for a week. Concurrent requests with one key get the same resource id. A refused request can be sent again with
/// its key.
/// </summary>
public sealed class IdempotencyKeys(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <returns>The id of the resource to create. Null: the key was used for another request.</returns>
    public async Task<Guid?> ClaimAsync(
        PrivateTokenId token, string key, string requestHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, key, now, cancellationToken) is { } known)
        {
            return known.RequestHash == requestHash ? known.ResourceId : null;
        }

        var claim =
            new IdempotencyKey { TokenId = token, Key = key, RequestHash = requestHash, ResourceId = Guid.CreateVersion7(now), At = now };
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var oldest = now - Retention;
            await db.IdempotencyKeys.Where(row => row.TokenId == token && row.At < oldest).ExecuteDeleteAsync(cancellationToken);
            db.IdempotencyKeys.Add(claim);
            await db.SaveChangesAsync(cancellationToken);
            return claim.ResourceId;
        }
        catch (DbUpdateException exception) when (DatabaseErrors.IsUniqueViolation(exception))
        {
            var first = await FindAsync(token, key, now, cancellationToken);
            return first?.RequestHash == requestHash ? first.ResourceId : null;
        }
    }

    private async Task<IdempotencyKey?> FindAsync(PrivateTokenId token, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = now - Retention;
        return await db.IdempotencyKeys.AsNoTracking()
            .FirstOrDefaultAsync(row => row.TokenId == token && row.Key == key && row.At >= oldest, cancellationToken);
    }
}
