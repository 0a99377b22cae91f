using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A user's membership of one sub-account, with the role and the default meeting location there.</summary>
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

    /// <summary>The meeting location of new memberships of V3 calendars.</summary>
    public MeetingLocation DefaultLocation { get; private set; } = MeetingLocation.AskTheBooker;

    public DateTimeOffset JoinedAt { get; private init; }

    /// <summary>The id of the newest event that this member has seen as a notice.</summary>
    public long NoticesReadUpTo { get; private set; }

    /// <summary>Concurrency token, for two tabs that change the same membership.</summary>
    public int Version { get; private set; }

    public void ChangeRole(Role role) => (Role, Version) = (role, Version + 1);

    public void ChangeDefaultLocation(MeetingLocation location) => (DefaultLocation, Version) = (location, Version + 1);
}
