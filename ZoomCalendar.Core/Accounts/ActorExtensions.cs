using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

public static class ActorExtensions
{
    extension(Actor)
    {
        /// <summary>Someone who acts as a member of the sub-account, with the role of this moment.</summary>
        public static Actor Staff(Membership membership) => new(membership.SubAccountId, membership.UserId, membership.Role);
    }
}
