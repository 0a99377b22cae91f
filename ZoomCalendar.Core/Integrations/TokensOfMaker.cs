using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

internal static class TokensOfMaker
{
    /// <summary>In the transaction that takes the maker's admin role: a role given back later does not wake them.</summary>
    public static Task RevokeTokensOfAsync(this ZoomCalendarContext db, UserId maker, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.PrivateTokens
            .Where(row => row.SubAccountId == subAccount && row.MakerId == maker && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
}
