using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A pair of tokens. The refresh token replaces the previous one: store the pair before you use it. The expiry is counted from our clock
/// before the request was sent, so it is never too late.
/// </summary>
public sealed record ZoomTokens(AccessToken AccessToken, RefreshToken RefreshToken, DateTimeOffset ExpiresAt, IReadOnlySet<string> Scopes)
{
    // Larger than any token that fits into a request header.
    private const int TokenMaxLength = 16_000;
    private const int ScopeMaxLength = 10_000;

    private const int Hour = 3600;

    // A shorter lifetime would cause a refresh before each request. A token that expires sooner gets a 401 and is refreshed then.
    private const int MinLifetime = 600;

    internal static ZoomTokens? Read(JsonElement body, DateTimeOffset requestedAt)
    {
        if (body.ExactText("access_token", TokenMaxLength) is not { } access
            || body.ExactText("refresh_token", TokenMaxLength) is not { } refresh
            || !IsToken(access)
            || !IsToken(refresh))
        {
            return null;
        }

        var seconds = body.Number("expires_in") is > 0 and var lifetime ? Math.Clamp(lifetime, MinLifetime, 24 * Hour) : Hour;

        return new(
            new AccessToken(access),
            new RefreshToken(refresh),
            requestedAt.AddSeconds(seconds),
            ZoomScopes.Parse(body.ExactText("scope", ScopeMaxLength)));
    }

    // A token must be valid in an HTTP header.
    private static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and <= '~');
}
