using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Accounts;

/// <summary>The limits of the account forms that hold for all nodes together.</summary>
internal sealed class AccountLimits(IOptions<AccountOptions> options)
{
    /// <summary>The tries at one account's password, before signing in pauses.</summary>
    public const int Tries = 5;

    /// <summary>How long signing in pauses.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>All messages that visitors may cause within an hour.</summary>
    private const int MessagesInAll = 1_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Of one account, from devices that never signed in to it.</summary>
    public AttemptLimit SignIn { get; } = new("sign-in", Tries, Pause, IsExtended: true);

    /// <summary>Of one account, from one device that signed in to it before.</summary>
    public AttemptLimit KnownDevice { get; } = new("sign-in on a known device", Tries, Pause, IsExtended: true);

    /// <summary>Of one signed-in user, for the current password.</summary>
    public AttemptLimit CurrentPassword { get; } = new("current password", Tries, Pause, IsExtended: true);

    /// <summary>Of one user's codes, from devices that never signed in to the account; or from one device that did.</summary>
    public AttemptLimit SecondFactor { get; } = new("second factor", Tries, Pause, IsExtended: true);

    /// <summary>One code of an authenticator app. It is longer than a code is valid.</summary>
    public AttemptLimit SameCode { get; } = new("same code", 1, TimeSpan.FromMinutes(15));

    public AttemptLimit WrongPasswords =>
        new("wrong passwords", options.Value.WrongPasswordsPerTenMinutes, TimeSpan.FromMinutes(10));

    public AttemptLimit WrongPasskeys =>
        new("wrong passkeys", options.Value.WrongPasswordsPerTenMinutes, TimeSpan.FromMinutes(10));

    public AttemptLimit MessagesOfVisitor => new("messages", options.Value.MessagesPerHour, Hour);

    public AttemptLimit MessagesToMailbox => new("mailbox", options.Value.MessagesPerMailboxAndHour, Hour);

    public AttemptLimit AllMessages { get; } = new("all messages", MessagesInAll, Hour);
}
