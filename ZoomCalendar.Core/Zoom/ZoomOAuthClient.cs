using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The token endpoint: Basic authentication, form bodies, nothing repeated by itself. A refresh whose outcome is unknown may have used up
/// the old refresh token. Has a time-out of its own; a refresh under way should not be given a caller's cancellation,
/// since the new pair would be lost with it.
/// </summary>
public sealed class ZoomOAuthClient
{
    private readonly ZoomHttp _http;
    private readonly ZoomOptions _options;
    private readonly TimeProvider _clock;

    internal ZoomOAuthClient(HttpClient http, IOptions<ZoomOptions> options, ZoomResilience resilience, TimeProvider clock, ILogger<ZoomOAuthClient> logger)
    {
        _http = new ZoomHttp(http, resilience, clock, logger);
        _options = options.Value;
        _clock = clock;
    }

    /// <param name="code">From the callback.</param>
    /// <param name="redirectUri">The very address that the authorize request named.</param>
    /// <param name="codeVerifier">What the S256 code challenge was made from.</param>
    /// <param name="cancellationToken">Gives up waiting; the code may be used up all the same.</param>
    public Task<ZoomResult<ZoomTokens>> ExchangeCodeAsync(AuthorizationCode code, string redirectUri, string codeVerifier, CancellationToken cancellationToken) =>
        TokensAsync(
            new() { ["grant_type"] = "authorization_code", ["code"] = code.Value, ["redirect_uri"] = redirectUri, ["code_verifier"] = codeVerifier },
            cancellationToken);

    public Task<ZoomResult<ZoomTokens>> RefreshAsync(RefreshToken token, CancellationToken cancellationToken) =>
        TokensAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token.Value }, cancellationToken);

    /// <summary>Also uninstalls the app for that Zoom user, whoever else shares the connection here.</summary>
    public async Task<ZoomResult<NoContent>> RevokeAsync(AccessToken token, CancellationToken cancellationToken) =>
        await _http.SendAsync<NoContent>(
            await CallAsync("/oauth/revoke", new() { ["token"] = token.Value }),
            (ZoomResponse reply, out NoContent done) =>
            {
                done = default;
                return ZoomJson.TryRead(reply.Body, body => body.Text("status"), out var status) && status == "success";
            },
            ZoomErrors.ClassifyToken,
            cancellationToken);

    private async Task<ZoomResult<ZoomTokens>> TokensAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetUtcNow();

        return await _http.SendAsync(
            await CallAsync("/oauth/token", form),
            (ZoomResponse reply, [MaybeNullWhen(false)] out ZoomTokens tokens) => ZoomJson.TryRead(reply.Body, body => ZoomTokens.Read(body, askedAt), out tokens),
            ZoomErrors.ClassifyToken,
            cancellationToken);
    }

    private async Task<ZoomCall> CallAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.ClientId}:{_options.ClientSecret}"));

        return new ZoomCall(HttpMethod.Post, path, new Uri(_options.OAuthBaseUrl.TrimEnd('/') + path), new AuthenticationHeaderValue("Basic", basic))
        {
            Body = await content.ReadAsByteArrayAsync(),
            MediaType = "application/x-www-form-urlencoded",
        };
    }
}
