using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

internal static class TokensOfMaker
{
    /// <summary>
    /// Call it in the transaction that removes the creator's admin role. The tokens stay revoked if the role is given back.
    /// </summary>
    public static Task RevokeTokensOfAsync(
        this ZoomCalendarContext db, UserId maker, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.PrivateTokens
            .Where(row => row.SubAccountId == subAccount && row.MakerId == maker && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
}
