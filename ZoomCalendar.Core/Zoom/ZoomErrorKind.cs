namespace ZoomCalendar.Core.Zoom;

/// <summary>What a failure means for us, whatever number Zoom gave it.</summary>
public enum ZoomErrorKind
{
    /// <summary>Failed before a connection stood (DNS, refused, TLS, too many in flight). The only kind whose quota request is given back.</summary>
    NotSent,

    /// <summary>Timed out, cut off, or a success that cannot be read: Zoom may have acted, so look before asking again.</summary>
    OutcomeUnknown,

    /// <summary>401, code 124: refresh once; if it comes again, reconnect needed.</summary>
    Unauthorized,

    /// <summary>Code 4741: a newer authorization of the same Zoom user replaced this token. Read the stored pair again before giving up.</summary>
    TokenSuperseded,

    /// <summary>Code 4711 at any HTTP status: reconnect needed.</summary>
    ScopesMissing,

    /// <summary>Code 4738: the Zoom account's admin withdrew approval.</summary>
    ApprovalWithdrawn,

    /// <summary>Codes 3161 and 3000: this Zoom user may not host or schedule meetings.</summary>
    MayNotHost,

    /// <summary>Codes 1001 and 1120: the Zoom user no longer exists.</summary>
    UserGone,

    /// <summary>Code 3001: success for a delete; for an update the link is gone.</summary>
    MeetingGone,

    /// <summary>No more requests until 00:00 UTC.</summary>
    DailyLimitReached,

    /// <summary>Too many at once or per second: back off a second or two.</summary>
    RateLimited,

    /// <summary>5xx: retry with backoff. A gateway may answer so although Zoom acted.</summary>
    ServerError,

    /// <summary>Code 300: Zoom refused what we sent. Our fault; the same again would fail the same way.</summary>
    Rejected,

    /// <summary>Token endpoint: the code or refresh token is used, expired or revoked. Reconnect needed, never retried.</summary>
    InvalidGrant,

    /// <summary>Token endpoint: our client id, secret or request is wrong. The operator's to mend; the user's connection is fine.</summary>
    ConfigurationRejected,

    /// <summary>Anything else, redirects included.</summary>
    Unexpected,
}
