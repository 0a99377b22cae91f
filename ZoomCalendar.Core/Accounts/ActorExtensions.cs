using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Creates actors from memberships.</summary>
public static class ActorExtensions
{
    extension(Actor)
    {
        /// <summary>An actor with the sub-account, user and role of the membership, in a session of the user.</summary>
        public static Actor Staff(Membership membership, SessionId? session = null) =>
            new(membership.SubAccountId, membership.UserId, membership.Role) { SessionId = session };
    }
}
