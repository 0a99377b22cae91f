using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

internal sealed record ApiResponse(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string Id => Body.GetProperty("id").GetString()!;

    public string Message => Body.GetProperty("message").ToString();
}

/// <summary>
/// A plain client of the API. It sends what the test gives it, and expects every answer to be a JSON object with a traceId.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri app, string? token)
    {
        _http = new HttpClient { BaseAddress = app };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<ApiResponse> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiResponse> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<ApiResponse> PutAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body, headers);

    public Task<ApiResponse> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, new { });

    public Task<ApiResponse> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers) =>
        SendTextAsync(method, path, body is null ? null : JsonSerializer.Serialize(body), headers);

    public async Task<ApiResponse> SendTextAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/api" + path);
        // As the platform's clients do: with a content type even without content.
        request.Content = new StringContent(body ?? "", Encoding.UTF8, "application/json");
        if (headers.All(header => header.Name != "Version"))
        {
            request.Headers.Add("Version", "2021-04-15");
        }

        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        document.RootElement.GetProperty("traceId").GetString().Should().NotBeNullOrEmpty();
        ((int)answer.StatusCode).Should().BeLessThan(500, "{0} {1} was answered {2}", method, path, document.RootElement);
        return new ApiResponse((int)answer.StatusCode, document.RootElement.Clone(), answer.Headers);
    }

    public void Dispose() => _http.Dispose();
}
