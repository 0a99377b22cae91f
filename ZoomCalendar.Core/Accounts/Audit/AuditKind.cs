namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>The kinds of security events. Stored as text of at most 30 characters.</summary>
public enum AuditKind
{
    /// <summary>By password.</summary>
    SignedIn,

    /// <summary>By a passkey.</summary>
    SignedInWithPasskey,

    /// <summary>By an OpenID Connect provider, which the subject names.</summary>
    SignedInWithOpenIdConnect,

    /// <summary>A wrong password or code for an existing user. At most as many as the limits of wrong passwords allow.</summary>
    SignInRefused,
    SignedOut,

    /// <summary>The user ended a session elsewhere, or all of them.</summary>
    SessionEnded,
    PasswordChanged,

    /// <summary>By the link of a message, or by the command line.</summary>
    PasswordReset,
    SecondFactorAdded,
    SecondFactorRemoved,

    /// <summary>New recovery codes replaced the former ones.</summary>
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,

    /// <summary>An identity of an OpenID Connect provider was tied to the account.</summary>
    OpenIdConnectAdded,
    OpenIdConnectRemoved,

    /// <summary>The user proved again who they are, before something sensitive.</summary>
    ProofRenewed,
    MemberInvited,
    InvitationWithdrawn,

    /// <summary>Somebody became a member, by an invitation or by an OpenID Connect provider.</summary>
    MemberJoined,
    RoleChanged,
    MemberRemoved,
    TokenMade,
    TokenRevoked,
    WebhookAdded,
    WebhookRemoved,

    /// <summary>A setting about security, such as who must have a second factor.</summary>
    SecuritySettingChanged,
    RetentionChanged,

    /// <summary>The daily sweep erased bookers' data. The subject has counts and no names.</summary>
    RetentionSwept,
    DataExported,
    DataErased,
    ZoomConnected,
    ZoomDisconnected,
}
