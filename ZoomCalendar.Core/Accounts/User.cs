using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A person who signs in, possibly a member of several sub-accounts. Their time is one, whichever sub-account takes it.</summary>
public sealed class User : IdentityUser<UserId>
{
    public const int NameMaxLength = 100;
    public const int TimeZoneMaxLength = 60;

    public string Name { get; set; } = "";

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>Weekly hours, overrides and days off as <c>AvailabilityJson</c> writes them; null: Monday to Friday, 9 to 17.</summary>
    public string? Hours { get; set; }

    /// <summary>The sub-account last used: where a bare path such as <c>/profile</c> leads. Never read by a command.</summary>
    public SubAccountId? LastSubAccountId { get; set; }

    /// <summary>Raised by every transaction that takes or frees this user's time: the row lock on PostgreSQL.</summary>
    public long TimeLock { get; set; }
}
