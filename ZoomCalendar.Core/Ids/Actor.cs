namespace ZoomCalendar.Core.Ids;

/// <summary>
/// On whose behalf a use case runs, and in which sub-account. Staff have a user and a role; a booker (public pages) has neither.
/// Made at the edge from a membership read at that moment, never from a cookie.
/// </summary>
public sealed record Actor(SubAccountId SubAccountId, UserId? UserId, Role? Role)
{
    public bool IsAdmin => Role is Ids.Role.Admin;

    public bool IsStaff => Role is not null;

    public static Actor ForBooker(SubAccountId subAccount) => new(subAccount, null, null);
}
