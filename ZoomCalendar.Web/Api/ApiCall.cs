using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api;

/// <summary>One API request: its token's owner, its time and its body.</summary>
internal sealed class ApiCall
{
    private readonly HttpContext _http;
    private byte[]? _body;

    private ApiCall(HttpContext http, TokenHolder holder, DateTimeOffset now)
    {
        _http = http;
        Holder = holder;
        Now = now;
    }

    public TokenHolder Holder { get; }

    public Actor Actor => Holder.Actor;

    public SubAccountId SubAccount => Holder.Actor.SubAccountId;

    public DateTimeOffset Now { get; }

    public CancellationToken Cancel => _http.RequestAborted;

    public IQueryCollection Query => _http.Request.Query;

    public static ValueTask<ApiCall?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        // Without a token's owner the filter answers before the handler runs.
        return ValueTask.FromResult(context.Holder() is { } holder ? new ApiCall(context, holder, clock.GetUtcNow()) : null);
    }

    /// <summary>An id of another sub-account is answered like one that does not exist.</summary>
    public ApiResult? NotHere(string? locationId) => 0 switch
    {
        _ when string.IsNullOrEmpty(locationId) => ApiResult.Unprocessable("locationId should not be empty"),
        _ when Guid.TryParse(locationId, out var id) && id == SubAccount.Value => null,
        _ => ApiResult.NotFound("Location not found"),
    };

    /// <summary>
    /// Reads the body strictly: well-formed (400), an object of the right kinds (422), complete and without unknown fields (422).
    /// </summary>
    public Task<Body<T>> ReadAsync<T>()
        where T : RequestBody => ReadAsync<T>([]);

    /// <summary>
    /// As <see cref="ReadAsync{T}()"/>, for a change: clients send back what they read, so read-only fields may be present if unchanged.
    /// </summary>
    /// <param name="present">What GET returns now. Empty: the resource does not exist.</param>
    public async Task<Body<T>> ReadAsync<T>(IReadOnlyList<object> present)
        where T : RequestBody
    {
        var bytes = _body ??= await ReadBytesAsync();
        try
        {
            using var document = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes, ApiJson.Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return new Body<T>(null, ApiResult.Unprocessable("The body must be a JSON object."));
            }

            return Read<T>(document, present);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return new Body<T>(null, ApiResult.BadRequest("The body is not well-formed JSON, nests too deeply, or names a field twice."));
        }
    }

    /// <summary>As <see cref="ReadAsync{T}()"/>, and the body names this token's own sub-account.</summary>
    public async Task<Body<T>> ReadHereAsync<T>(Func<T, string?> locationId, IReadOnlyList<object>? present = null)
        where T : RequestBody
    {
        var body = await ReadAsync<T>(present ?? []);
        return body.Value is { } value && NotHere(locationId(value)) is { } elsewhere ? new Body<T>(null, elsewhere) : body;
    }

    /// <summary>The id of what this request creates. The same <c>Idempotency-Key</c> gives the same id.</summary>
    public async Task<(Guid? Id, ApiResult? Refused)> NewIdAsync(IdempotencyKeys keys)
    {
        var key = _http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return (null, null);
        }

        if (key.Length > IdempotencyKey.KeyMaxLength)
        {
            return (null, ApiResult.Unprocessable($"The Idempotency-Key is too long: at most {IdempotencyKey.KeyMaxLength} characters."));
        }

        _body ??= await ReadBytesAsync();
        var start = Encoding.UTF8.GetBytes($"{_http.Request.Method} {_http.Request.Path}\n");
        var hash = Base64Url.EncodeToString(SHA256.HashData([.. start, .. _body]));
        return await keys.ClaimAsync(Holder.TokenId, key, hash, Now, Cancel) is { } id
            ? (id, null)
            : (null, ApiResult.Unprocessable(
                "This Idempotency-Key was used for another request. Use a new one for each thing that you create."));
    }

    /// <summary>Null: no <c>If-Match</c>. A tag of another kind matches nothing.</summary>
    public int? IfMatch()
    {
        var header = _http.Request.Headers.IfMatch.ToString();
        return header.Length == 0 || header == "*" ? null : VersionOf(header);
    }

    public bool HasAlready(int version) =>
        _http.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } header && VersionOf(header) == version;

    public static string ETagOf(int version) => $"\"{version}\"";

    private static int VersionOf(string tag) =>
        int.TryParse(
            (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"'), CultureInfo.InvariantCulture, out var version)
            ? version : -1;

    private static Body<T> Read<T>(JsonDocument document, IReadOnlyList<object> present)
        where T : RequestBody
    {
        try
        {
            var value = document.Deserialize<T>(ApiJson.Options)!;
            var known = present.Select(each => JsonSerializer.SerializeToElement(each, each.GetType(), ApiJson.Options)).ToList();
            var problems = value.ReadOnlyFields(known).Concat(value.UnknownFields()).Concat(value.Problems()).ToList();
            return problems.Count == 0 ? new Body<T>(value, null) : new Body<T>(null, ApiResult.Unprocessable(problems));
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path ? path[2..] : "The body";
            return new Body<T>(null, ApiResult.Unprocessable(exception is UnstorableTextException
                ? $"{field} holds a character that cannot be stored, such as U+0000"
                : $"{field} has a value of the wrong kind"));
        }
    }

    private async Task<byte[]> ReadBytesAsync()
    {
        using var memory = new MemoryStream();
        await _http.Request.Body.CopyToAsync(memory, Cancel);
        return memory.ToArray();
    }
}

/// <summary>A body that was read, or the refusal.</summary>
internal readonly record struct Body<T>(T? Value, ApiResult? Refused)
    where T : RequestBody;
