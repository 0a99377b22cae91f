using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Sandbox;

/// <summary>A plain client of Zoom's protocol, independent of the app's client.</summary>
internal sealed class SandboxClient(SandboxServer server) : IDisposable
{
    public const string RedirectUri = "http://localhost:1234/callback";
    public const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.BaseAddress };

    public string? AccessToken { get; set; }

    public static string AuthorizePath(string? redirectUri = null, string clientId = "sandbox-client") =>
        QueryHelpers.AddQueryString("oauth/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = redirectUri ?? RedirectUri,
            ["state"] = "the-state",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        });

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        return WebUtilityDecode(await answer.Content.ReadAsStringAsync());
    }

    public async Task<string> SignInAsync(string email, string password = "Zoom-Sandbox-1")
    {
        using var answer = await FormAsync("oauth/signin", ("request", Query()), ("email", email), ("password", password));
        return answer.Headers.Location is { } next ? await PageAsync(next.ToString()) : await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> ConsentAsync(string answer) => FormAsync("oauth/consent", ("request", Query()), ("answer", answer));

    public async Task<string> CodeAsync(string email)
    {
        await SignInAsync(email);
        using var answer = await ConsentAsync("allow");

        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString();
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code, string verifier = Verifier, string redirectUri = RedirectUri) =>
        TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier));

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<HttpResponseMessage> TokenAsync(params (string, string)[] form) => FormAsync("oauth/token", form);

    public Task<HttpResponseMessage> RevokeAsync(string token) => FormAsync("oauth/revoke", ("token", token));

    public Task<HttpResponseMessage> CreateAsync(DateTimeOffset start, string topic = "A talk", object? more = null)
    {
        var body = new JsonObject
        {
            ["topic"] = topic,
            ["type"] = 2,
            ["start_time"] = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["duration"] = 30,
            ["timezone"] = "Europe/Berlin",
        };

        foreach (var (name, value) in (JsonObject?)System.Text.Json.JsonSerializer.SerializeToNode(more) ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return SendAsync(HttpMethod.Post, "v2/users/me/meetings", JsonContent.Create(body));
    }

    public Task<HttpResponseMessage> UpdateAsync(long id, object body) =>
        SendAsync(HttpMethod.Patch, $"v2/meetings/{id}", JsonContent.Create(body));

    public Task<HttpResponseMessage> DeleteAsync(long id) => SendAsync(HttpMethod.Delete, $"v2/meetings/{id}");

    public Task<HttpResponseMessage> PostJsonAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        if (AccessToken is not null && path.StartsWith("v2/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        }

        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private static string WebUtilityDecode(string html) => System.Net.WebUtility.HtmlDecode(html);

    private static string Query() => AuthorizePath()["oauth/authorize".Length..];

    private async Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };

        if (path is "oauth/token" or "oauth/revoke")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String("sandbox-client:sandbox-secret"u8));
        }

        return await _http.SendAsync(request);
    }
}
