using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Whose sessions need a second factor in a sub-account.</summary>
public enum SecondFactorRule
{
    Nobody,
    Admins,
    Everybody,
}

public static class SecondFactorRules
{
    /// <summary>Whether a member with this role needs a second factor.</summary>
    public static bool Binds(this SecondFactorRule rule, Role role) =>
        rule is SecondFactorRule.Everybody || (rule is SecondFactorRule.Admins && role is Role.Admin);
}
