namespace ZoomCalendar.Core.Ids;

/// <summary>
/// The caller of a use case, and the sub-account. Staff have a user and a role; a booker (public pages) has neither. Create it for each
/// request from the current membership, never from a cookie.
/// </summary>
public sealed record Actor(SubAccountId SubAccountId, UserId? UserId, Role? Role)
{
    /// <summary>The session in which the user acts. Null for bookers and programs, who cannot prove afresh who they are.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>The app acts by itself, such as for demo data: nobody could be asked for a fresh proof.</summary>
    public bool IsApp { get; init; }

    public bool IsAdmin => Role is Ids.Role.Admin;

    public bool IsStaff => Role is not null;

    /// <summary>A booker, who has no user and no role.</summary>
    public static Actor ForBooker(SubAccountId subAccount) => new(subAccount, null, null);
}
