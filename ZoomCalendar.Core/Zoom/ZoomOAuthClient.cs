using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The client of Zoom's token endpoint: Basic authentication, form bodies, no retries. A refresh with an unknown outcome may have used up
/// the old refresh token. The client has its own time-out. Do not cancel a refresh in flight: the new tokens would be lost. Thread-safe.
/// </summary>
public sealed class ZoomOAuthClient
{
    private readonly ZoomHttp _http;
    private readonly ZoomOptions _options;
    private readonly TimeProvider _clock;

    internal ZoomOAuthClient(
        HttpClient http, IOptions<ZoomOptions> options, ZoomResilience resilience, TimeProvider clock, ILogger<ZoomOAuthClient> logger)
    {
        _http = new ZoomHttp(http, resilience, clock, logger);
        _options = options.Value;
        _clock = clock;
    }

    /// <param name="code">The code from the callback.</param>
    /// <param name="redirectUri">Must equal the address in the authorize request.</param>
    /// <param name="codeVerifier">The verifier of the S256 code challenge.</param>
    /// <param name="cancellationToken">Stops waiting. The code may be used up nevertheless.</param>
    public Task<ZoomResult<ZoomTokens>> ExchangeCodeAsync(
        AuthorizationCode code, string redirectUri, string codeVerifier, CancellationToken cancellationToken) =>
        TokensAsync(
            new()
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code.Value,
                ["redirect_uri"] = redirectUri,
                ["code_verifier"] = codeVerifier,
            },
            cancellationToken);

    /// <summary>Exchanges a refresh token for a new pair. The old refresh token becomes invalid.</summary>
    public Task<ZoomResult<ZoomTokens>> RefreshAsync(RefreshToken token, CancellationToken cancellationToken) =>
        TokensAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token.Value }, cancellationToken);

    /// <summary>
    /// Revokes a token. This also uninstalls the app for that Zoom user, and so ends all connections to this Zoom account.
    /// </summary>
    public async Task<ZoomResult<NoContent>> RevokeAsync(AccessToken token, CancellationToken cancellationToken) =>
        await _http.SendAsync<NoContent>(
            await CallAsync("/oauth/revoke", new() { ["token"] = token.Value }),
            (ZoomResponse response, out NoContent done) =>
            {
                done = default;
                return ZoomJson.TryRead(response.Body, body => body.Text("status"), out var status) && status == "success";
            },
            ZoomErrors.ClassifyToken,
            cancellationToken);

    private async Task<ZoomResult<ZoomTokens>> TokensAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var requestedAt = _clock.GetUtcNow();

        return await _http.SendAsync(
            await CallAsync("/oauth/token", form),
            (ZoomResponse response, [MaybeNullWhen(false)] out ZoomTokens tokens) =>
                ZoomJson.TryRead(response.Body, body => ZoomTokens.Read(body, requestedAt), out tokens),
            ZoomErrors.ClassifyToken,
            cancellationToken);
    }

    private async Task<ZoomCall> CallAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.ClientId}:{_options.ClientSecret}"));

        return new ZoomCall(
            HttpMethod.Post, path, new Uri(_options.OAuthBaseUrl.TrimEnd('/') + path), new AuthenticationHeaderValue("Basic", basic))
        {
            Body = await content.ReadAsByteArrayAsync(),
            MediaType = "application/x-www-form-urlencoded",
        };
    }
}
