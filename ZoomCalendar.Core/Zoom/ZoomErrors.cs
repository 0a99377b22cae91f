using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// Classifies failed responses. Pure. Zoom's code takes precedence over the HTTP status (4711 is sent with 400, 401 and 403). For rate
/// limits the message takes precedence over the headers.
/// </summary>
internal static partial class ZoomErrors
{
    private const int MaxMessage = 300;
    private const int MaxFieldErrors = 20;

    /// <summary>Classifies a response of the REST API.</summary>
    public static ZoomError Classify(ZoomResponse response, DateTimeOffset now)
    {
        ZoomJson.TryRead(response.Body, ErrorBody.ByApi, out var body);

        return Describe(KindOf(response, body), response, body, now);
    }

    /// <summary>
    /// Classifies a response of the token endpoint, whose errors are <c>{"reason","error"}</c>. The reason may repeat a code or token and
    /// is not kept.
    /// </summary>
    public static ZoomError ClassifyToken(ZoomResponse response, DateTimeOffset now)
    {
        ZoomJson.TryRead(response.Body, ErrorBody.ByTokenEndpoint, out var body);

        return Describe(TokenKindOf(response, body), response, body, now) with { Message = body?.Error };
    }

    private static ZoomError Describe(ZoomErrorKind kind, ZoomResponse response, ErrorBody? body, DateTimeOffset now) => new(kind)
    {
        HttpStatus = response.Status,
        Code = body?.Code,
        Message = body?.Message,
        FieldErrors = body?.FieldErrors ?? [],
        RetryAfter = ZoomTime.RetryDelay(response.RetryAfter, response.Date ?? now),
        TrackingId = response.TrackingId,
        ServerDate = response.Date,
    };

    private static ZoomErrorKind KindOf(ZoomResponse response, ErrorBody? body) => (response.Status, body?.Code) switch
    {
        // A success gets here only if its body could not be read.
        ( >= 200 and <= 299, _) => ZoomErrorKind.OutcomeUnknown,
        ( >= 300 and <= 399, _) => ZoomErrorKind.Unexpected,
        (_, 4711) => ZoomErrorKind.ScopesMissing,
        (_, 4738) => ZoomErrorKind.ApprovalWithdrawn,
        (_, 4741) => ZoomErrorKind.TokenSuperseded,
        (429, _) or (_, 429) => LimitOf(response, body),
        ( >= 500, _) => ZoomErrorKind.ServerError,
        (401, _) or (_, 124) => ZoomErrorKind.Unauthorized,
        (_, 3161 or 3000) => ZoomErrorKind.MayNotHost,
        (_, 1001 or 1120) => ZoomErrorKind.UserGone,
        (_, 3001) => ZoomErrorKind.MeetingGone,
        (_, 300) => ZoomErrorKind.Rejected,
        _ => ZoomErrorKind.Unexpected,
    };

    private static ZoomErrorKind TokenKindOf(ZoomResponse response, ErrorBody? body) => KindOf(response, body) switch
    {
        ZoomErrorKind.Unauthorized or ZoomErrorKind.Rejected or ZoomErrorKind.Unexpected when response.Status >= 400 => body?.Error switch
        {
            "invalid_grant" => ZoomErrorKind.InvalidGrant,
            "invalid_client" or "unauthorized_client" or "unsupported_grant_type" => ZoomErrorKind.ConfigurationRejected,
            "invalid_request" => ZoomErrorKind.Rejected,
            _ => ZoomErrorKind.Unexpected,
        },
        var kind => kind,
    };

    private static ZoomErrorKind LimitOf(ZoomResponse response, ErrorBody? body)
    {
        var message = body?.Message ?? "";

        if (Mentions("per-second") || Mentions("concurrent"))
        {
            return ZoomErrorKind.RateLimited;
        }

        // There are two messages for the daily limit. Zoom does not send the header with the first one.
        return Mentions("daily") || string.Equals(response.RateLimitType, "Daily-limit", StringComparison.OrdinalIgnoreCase)
            ? ZoomErrorKind.DailyLimitReached
            : ZoomErrorKind.RateLimited;

        bool Mentions(string word) => message.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private sealed record ErrorBody(int? Code, string? Message, string? Error, IReadOnlyList<ZoomFieldError> FieldErrors)
    {
        public static ErrorBody ByApi(JsonElement body) =>
            new(body.Int32("code"), Cut(body.Text("message")), null, Fields(body).Take(MaxFieldErrors).ToList());

        // It is not documented where this endpoint puts 4738 and 4741, so they are read from the code or from the reason.
        public static ErrorBody ByTokenEndpoint(JsonElement body)
        {
            var reason = body.Text("reason") ?? body.Text("message") ?? "";
            var inWords = TokenCode().Match(reason) is { Success: true } code
                ? int.Parse(code.Value, CultureInfo.InvariantCulture)
                : (int?)null;

            if (reason.Contains("disabled by admin", StringComparison.OrdinalIgnoreCase))
            {
                inWords = 4738;
            }

            return new(body.Int32("code") ?? inWords, Cut(reason), KnownError(body.Text("error")), []);
        }

        private static IEnumerable<ZoomFieldError> Fields(JsonElement body) =>
            body.Member("errors") is { ValueKind: JsonValueKind.Array } errors
                ? errors.EnumerateArray()
                    .Select(error => new ZoomFieldError(Cut(error.Text("field")) ?? "", Cut(error.Text("message")) ?? ""))
                : [];

        private static string? Cut(string? text) => text is null ? null : ZoomText.Cut(text, MaxMessage);

        private static string? KnownError(string? error) => error is not null && ErrorName().IsMatch(error) ? error : null;
    }

    [GeneratedRegex(@"\b(4738|4741)\b")]
    private static partial Regex TokenCode();

    [GeneratedRegex(@"^[a-z_]{1,40}\z")]
    private static partial Regex ErrorName();
}
