using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A pair of tokens. The refresh token replaces the one before: store the pair before using it.
/// The expiry is reckoned by our clock from before the request left, so it is never too late.
/// </summary>
public sealed record ZoomTokens(AccessToken AccessToken, RefreshToken RefreshToken, DateTimeOffset ExpiresAt, IReadOnlySet<string> Scopes)
{
    // An answer's header fields may hold some thousands of characters in all.
    private const int TokenMaxLength = 16_000;
    private const int ScopeMaxLength = 10_000;

    private const int Hour = 3600;

    // A shorter life would mean a refresh before each request; a token that ends sooner is refused with 401 and refreshed then.
    private const int Shortest = 600;

    internal static ZoomTokens? Read(JsonElement body, DateTimeOffset askedAt)
    {
        if (body.ExactText("access_token", TokenMaxLength) is not { } access || body.ExactText("refresh_token", TokenMaxLength) is not { } refresh || !IsToken(access) || !IsToken(refresh))
        {
            return null;
        }

        var seconds = body.Number("expires_in") is > 0 and var told ? Math.Clamp(told, Shortest, 24 * Hour) : Hour;

        return new(new AccessToken(access), new RefreshToken(refresh), askedAt.AddSeconds(seconds), ZoomScopes.Parse(body.ExactText("scope", ScopeMaxLength)));
    }

    // What cannot stand in a header is no token.
    private static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and <= '~');
}
