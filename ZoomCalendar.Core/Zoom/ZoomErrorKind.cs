namespace ZoomCalendar.Core.Zoom;

/// <summary>The meaning of a failure, independent of Zoom's error code. Stored as text.</summary>
public enum ZoomErrorKind
{
    /// <summary>
    /// Failed before a connection was established (DNS, refused, TLS, too many in flight). The only kind that does not count against the
    /// quota.
    /// </summary>
    NotSent,

    /// <summary>
    /// Timed out, interrupted, or an unreadable success. Zoom may have executed the request: check before sending it again.
    /// </summary>
    OutcomeUnknown,

    /// <summary>401, code 124: refresh the token once. If it happens again, the user must reconnect.</summary>
    Unauthorized,

    /// <summary>
    /// Code 4741: a newer authorization of the same Zoom user replaced this token. Read the stored tokens again and retry.
    /// </summary>
    TokenSuperseded,

    /// <summary>Code 4711 at any HTTP status: the user must reconnect.</summary>
    ScopesMissing,

    /// <summary>Code 4738: the Zoom account's admin withdrew approval.</summary>
    ApprovalWithdrawn,

    /// <summary>Codes 3161 and 3000: this Zoom user may not host or schedule meetings.</summary>
    MayNotHost,

    /// <summary>Codes 1001 and 1120: the Zoom user no longer exists.</summary>
    UserGone,

    /// <summary>Code 3001: for a delete this is success; for an update the meeting no longer exists.</summary>
    MeetingGone,

    /// <summary>No more requests until 00:00 UTC.</summary>
    DailyLimitReached,

    /// <summary>Too many concurrent requests, or too many per second: back off for one or two seconds.</summary>
    RateLimited,

    /// <summary>5xx: retry with backoff. Zoom may have executed the request behind a gateway.</summary>
    ServerError,

    /// <summary>Code 300: Zoom rejected the content. The same request would fail again.</summary>
    Rejected,

    /// <summary>Token endpoint: the code or refresh token is used, expired or revoked. Do not retry: the user must reconnect.</summary>
    InvalidGrant,

    /// <summary>
    /// Token endpoint: our client id, secret or request is wrong. The operator must correct it; the user's connection is not affected.
    /// </summary>
    ConfigurationRejected,

    /// <summary>Anything else, redirects included.</summary>
    Unexpected,
}
