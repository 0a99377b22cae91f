using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>
/// One security event. Rows are only added: the database refuses changes, and deletions before <see cref="Retention"/> is over. A row never
/// contains a secret, a booker's data or what somebody typed in vain.
/// </summary>
public sealed class AuditEntry
{
    public const int SubjectMaxLength = 300;

    /// <summary>How long an entry is kept. The triggers of <see cref="AuditConstraints"/> use the same number of days.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(AuditConstraints.RetentionDays);

    public long Id { get; private init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Null: the entry about a user's account, which only the user reads. Each sub-account of which the user is a member at that time has
    /// a copy of its own.
    /// </summary>
    public required SubAccountId? SubAccountId { get; init; }

    /// <summary>Who acted; for a refused sign-in, whose account it was. Null: the app itself, or a booker.</summary>
    public required UserId? UserId { get; init; }

    public required AuditKind Kind { get; init; }

    /// <summary>What it was about, such as a member's or a token's name. May be empty.</summary>
    public required string Subject { get; init; }

    /// <summary>The IP address of the request; empty if the app itself acted.</summary>
    public required string Address { get; init; }

    /// <summary>The browser's or program's User-Agent header.</summary>
    public required string Device { get; init; }
}
