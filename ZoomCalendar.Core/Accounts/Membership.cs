using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A user's place in one sub-account: the role and the default meeting location there.</summary>
public sealed class Membership
{
    private Membership()
    {
    }

    public Membership(SubAccountId subAccountId, UserId userId, Role role, DateTimeOffset now)
    {
        SubAccountId = subAccountId;
        UserId = userId;
        Role = role;
        JoinedAt = now;
    }

    public SubAccountId SubAccountId { get; private init; }

    public UserId UserId { get; private init; }

    public Role Role { get; private set; }

    /// <summary>What new memberships of V3 calendars start with.</summary>
    public MeetingLocation DefaultLocation { get; private set; } = MeetingLocation.AskTheBooker;

    public DateTimeOffset JoinedAt { get; private init; }

    /// <summary>The newest event that this member has seen as a notice.</summary>
    public long NoticesReadUpTo { get; private set; }

    /// <summary>Concurrency token: two tabs changing the same membership.</summary>
    public int Version { get; private set; }

    public void ChangeRole(Role role) => (Role, Version) = (role, Version + 1);

    public void ChangeDefaultLocation(MeetingLocation location) => (DefaultLocation, Version) = (location, Version + 1);
}
