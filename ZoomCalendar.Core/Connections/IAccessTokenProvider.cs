namespace ZoomCalendar.Core.Connections;

/// <summary>Access tokens for the reconciler and for use cases, refreshed when they have to be.</summary>
public interface IAccessTokenProvider
{
    /// <summary>
    /// A token that is good for a few more minutes. <paramref name="refused"/> is the one that Zoom answered 401 to:
    /// if it is still the stored one, it is refreshed first, once, by one process at a time, and the new pair is stored before it is returned.
    /// </summary>
    Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken);
}

public enum ZoomTokenState
{
    Ready,

    /// <summary>No row for this Zoom user: nobody is connected.</summary>
    NotConnected,
    ReconnectNeeded,
    ApprovalWithdrawn,

    /// <summary>The token endpoint did not answer or failed; try again later.</summary>
    TryLater,
}

/// <param name="State">What came of it.</param>
/// <param name="AccessToken">Only with <see cref="ZoomTokenState.Ready"/>. A secret.</param>
/// <param name="RetryAt">Only with <see cref="ZoomTokenState.TryLater"/>.</param>
public sealed record ZoomTokenResult(ZoomTokenState State, string? AccessToken = null, DateTimeOffset? RetryAt = null)
{
    public override string ToString() => State.ToString();
}
