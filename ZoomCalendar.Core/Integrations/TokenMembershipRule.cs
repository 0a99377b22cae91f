using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Integrations;

/// <summary>API tokens end with the admin role of their maker. They stay revoked if the role is given back.</summary>
internal sealed class TokenMembershipRule : IMembershipRule
{
    public Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.RevokeTokensOfAsync(user, actor.SubAccountId, now, cancellationToken);

    public Task RoleChangedAsync(
        ZoomCalendarContext db, UserId user, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.RevokeTokensOfAsync(user, subAccount, now, cancellationToken);
}
