using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// A person who signs in. A user may be a member of several sub-accounts; appointments in all of them take the same user's time.
/// </summary>
public sealed class User : IdentityUser<UserId>
{
    public const int NameMaxLength = 100;
    public const int TimeZoneMaxLength = 60;

    public string Name { get; set; } = "";

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>Null: as the browser's language does.</summary>
    public ClockFormat? Clock { get; set; }

    /// <summary>Weekly hours, overrides and days off as <c>AvailabilityJson</c> writes them; null: Monday to Friday, 9 to 17.</summary>
    public string? Hours { get; set; }

    /// <summary>The sub-account that was used last, for paths without one such as <c>/profile</c>. Commands never read it.</summary>
    public SubAccountId? LastSubAccountId { get; set; }

    /// <summary>Incremented by every transaction that takes or frees this user's time. The UPDATE is the row lock on PostgreSQL.</summary>
    public long TimeLock { get; set; }
}
