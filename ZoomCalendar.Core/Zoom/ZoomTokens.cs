using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A pair of tokens. The refresh token replaces the one before: store the pair before using it.
/// The expiry is reckoned by our clock from before the request left, so it is never too late.
/// </summary>
public sealed record ZoomTokens(AccessToken AccessToken, RefreshToken RefreshToken, DateTimeOffset ExpiresAt, IReadOnlySet<string> Scopes)
{
    private const int Hour = 3600;

    internal static ZoomTokens? Read(JsonElement body, DateTimeOffset askedAt)
    {
        if (body.Text("access_token") is not { } access || body.Text("refresh_token") is not { } refresh || !IsToken(access) || !IsToken(refresh))
        {
            return null;
        }

        var seconds = Math.Clamp(body.Number("expires_in") ?? Hour, 0, 24 * Hour);

        return new(new AccessToken(access), new RefreshToken(refresh), askedAt.AddSeconds(seconds), ZoomScopes.Parse(body.Text("scope")));
    }

    // What cannot stand in a header is no token.
    private static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and <= '~');
}
