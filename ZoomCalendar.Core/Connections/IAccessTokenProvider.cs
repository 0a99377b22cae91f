namespace ZoomCalendar.Core.Connections;

/// <summary>Provides access tokens, refreshed if necessary. Thread-safe.</summary>
public interface IAccessTokenProvider
{
    /// <summary>
    /// Returns a token that is valid for a few more minutes. <paramref name="refused"/> is a token that Zoom rejected with 401: if it is
    /// still the stored one, it is refreshed first. One process refreshes at a time, and the new pair is stored before it is returned.
    /// </summary>
    Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken);
}

/// <summary>Whether an access token is available, and if not, why.</summary>
public enum ZoomTokenState
{
    Ready,

    /// <summary>There is no connection to this Zoom user.</summary>
    NotConnected,
    ReconnectNeeded,
    ApprovalWithdrawn,

    /// <summary>The token endpoint failed or did not respond. Try again later.</summary>
    TryLater,
}

/// <param name="State">Whether there is a token, and if not, why.</param>
/// <param name="AccessToken">Only with <see cref="ZoomTokenState.Ready"/>. A secret.</param>
/// <param name="RetryAt">Only with <see cref="ZoomTokenState.TryLater"/>.</param>
public sealed record ZoomTokenResult(ZoomTokenState State, string? AccessToken = null, DateTimeOffset? RetryAt = null)
{
    public override string ToString() => State.ToString();
}
