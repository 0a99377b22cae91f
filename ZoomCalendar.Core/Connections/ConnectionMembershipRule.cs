using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>A member who leaves the sub-account is disconnected from Zoom there.</summary>
internal sealed class ConnectionMembershipRule(ZoomConnections connections) : IMembershipRule
{
    public Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        connections.DetachAsync(db, actor.SubAccountId, user, actor.UserId, now, cancellationToken);
}
