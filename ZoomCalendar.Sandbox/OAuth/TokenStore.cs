using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.OAuth;

/// <summary>
/// Codes and tokens. A code is valid once and for 5 minutes, an access token for an hour, a refresh token once and for 90 days.
/// </summary>
internal sealed class TokenStore(SandboxStore store, UserDirectory users, SandboxClock clock, SandboxOptions options)
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(90);

    public string IssueCode(SandboxUser user, string redirectUri, string? challenge) =>
        store.Change(() =>
        {
            var code = Random(32);
            store.Codes.Put(code, new SandboxAuthorizationCode(code, user.Id, redirectUri, challenge, clock.Now + CodeLifetime));
            return code;
        });

    public TokenAnswer Exchange(string? code, string? redirectUri, string? verifier) =>
        store.Change(() =>
        {
            if (code is null || store.Codes.Find(code) is not { } row)
            {
                return TokenAnswer.Refused("invalid_grant", "Invalid authorization code.");
            }

            store.Codes.Remove(code);

            if (row.Expires <= clock.Now)
            {
                return TokenAnswer.Refused("invalid_grant", "Invalid authorization code.");
            }

            if (row.RedirectUri != redirectUri)
            {
                return TokenAnswer.Refused("invalid_request", "Redirect URI mismatch.");
            }

            if (row.Challenge is not null && row.Challenge != ChallengeOf(verifier))
            {
                return TokenAnswer.Refused("invalid_grant", "Invalid code verifier.");
            }

            return TokenAnswer.Of(Issue(users.ById(row.UserId)!));
        });

    public TokenAnswer Refresh(string? token) =>
        store.Change(() =>
        {
            if (token is null || store.RefreshTokens.Find(token) is not { } row || row.Expires <= clock.Now)
            {
                return TokenAnswer.Refused("invalid_grant", "Invalid Token!");
            }

            if (users.ById(row.UserId) is { } user && !users.AccountOf(user).Approved)
            {
                return TokenAnswer.Refused("invalid_request", "The token is disabled by admin.", 4738);
            }

            store.RefreshTokens.Remove(token);

            return TokenAnswer.Of(Write(row.UserId, row.Scopes));
        });

    /// <summary>Creates an authorization as if the user had pressed Allow and the app had redeemed the code.</summary>
    public SandboxTokens Issue(SandboxUser user) =>
        store.Change(() =>
        {
            if (options.NewAuthorizationEndsEarlierTokens)
            {
                foreach (var earlier in store.AccessTokens.In(user.Id).ToList())
                {
                    store.AccessTokens.Put(earlier.Token, earlier with { Superseded = true });
                }

                ForgetRefreshTokens(user.Id);
            }

            return Write(user.Id, SandboxScopes.For(user));
        });

    public AccessGrant? Find(string accessToken) => store.Read(() => store.AccessTokens.Find(accessToken));

    /// <summary>The Zoom user id that a code or token belongs to.</summary>
    public string? OwnerOf(string? secret) =>
        string.IsNullOrEmpty(secret)
            ? null
            : store.Read(
                () => store.RefreshTokens.Find(secret)?.UserId ?? store.AccessTokens.Find(secret)?.UserId
                    ?? store.Codes.Find(secret)?.UserId);

    public bool IsConnected(SandboxUser user) => store.Read(() => store.RefreshTokens.In(user.Id).Count > 0);

    /// <summary>Ends every token of the user. False if there was none.</summary>
    public bool Uninstall(string userId) =>
        store.Change(() =>
        {
            var had = store.RefreshTokens.In(userId).Count + store.AccessTokens.In(userId).Count > 0;

            foreach (var token in store.AccessTokens.In(userId).ToList())
            {
                store.AccessTokens.Remove(token.Token);
            }

            ForgetRefreshTokens(userId);
            return had;
        });

    /// <summary>Expires the access tokens. Refresh tokens remain valid.</summary>
    public void ExpireAccessTokens(string userId) =>
        store.Change(() =>
        {
            foreach (var token in store.AccessTokens.In(userId).ToList())
            {
                store.AccessTokens.Put(token.Token, token with { Expires = clock.Now });
            }
        });

    /// <summary>The next refresh is answered with invalid_grant. Access tokens remain valid.</summary>
    public void ForgetRefreshTokens(string userId) =>
        store.Change(() =>
        {
            foreach (var token in store.RefreshTokens.In(userId).ToList())
            {
                store.RefreshTokens.Remove(token.Token);
            }
        });

    private static string? ChallengeOf(string? verifier) =>
        verifier is null ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private SandboxTokens Write(string userId, IReadOnlyList<string> scopes)
    {
        ForgetLongExpired(userId);

        var access = new AccessGrant($"eyJzdiI6IjAwMDAwMSJ9.{Random(192)}", userId, scopes, clock.Now + AccessLifetime);
        var refresh = new RefreshGrant($"eyJzdiI6IjAwMDAwMSJ9.{Random(240)}", userId, scopes, clock.Now + RefreshLifetime);
        store.AccessTokens.Put(access.Token, access);
        store.RefreshTokens.Put(refresh.Token, refresh);

        return new SandboxTokens(access.Token, refresh.Token, access.Expires, scopes);
    }

    private void ForgetLongExpired(string userId)
    {
        foreach (var token in store.AccessTokens.In(userId).Where(t => t.Expires < clock.Now - TimeSpan.FromDays(1)).ToList())
        {
            store.AccessTokens.Remove(token.Token);
        }
    }
}

internal sealed record TokenAnswer(SandboxTokens? Tokens, string? Error, string? Reason, int? Code)
{
    public static TokenAnswer Of(SandboxTokens tokens) => new(tokens, null, null, null);

    public static TokenAnswer Refused(string error, string reason, int? code = null) => new(null, error, reason, code);
}
