namespace ZoomCalendar.Core.Accounts;

/// <summary>What a user proved when a session was started.</summary>
public enum SignInProof
{
    /// <summary>Nothing that counts as fresh, such as a renewed cookie.</summary>
    None,

    /// <summary>One factor: a password, or a link in the user's mailbox.</summary>
    OneFactor,

    /// <summary>Two factors: a password and a code, a passkey that verified the user, or an identity provider.</summary>
    TwoFactors,
}
