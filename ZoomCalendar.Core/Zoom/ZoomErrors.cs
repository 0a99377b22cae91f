using System.Text.Json;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// Says what an answer that is no success means. Pure: the answer and the present instant decide.
/// Zoom's code decides before the HTTP status (4711 is reported at 400, 401 and 403), and for rate limits the message before the headers.
/// </summary>
internal static partial class ZoomErrors
{
    private const int MaxMessage = 300;
    private const int MaxFieldErrors = 20;

    /// <summary>An answer of the REST API.</summary>
    public static ZoomError Classify(ZoomResponse reply, DateTimeOffset now)
    {
        ZoomJson.TryRead(reply.Body, ErrorBody.ByApi, out var said);

        return Describe(KindOf(reply, said), reply, said, now);
    }

    /// <summary>An answer of the token endpoint, whose errors are <c>{"reason","error"}</c>. Its words may repeat a code or token and are not kept.</summary>
    public static ZoomError ClassifyToken(ZoomResponse reply, DateTimeOffset now)
    {
        ZoomJson.TryRead(reply.Body, ErrorBody.ByTokenEndpoint, out var said);

        return Describe(TokenKindOf(reply, said), reply, said, now) with { Message = said?.Error };
    }

    private static ZoomError Describe(ZoomErrorKind kind, ZoomResponse reply, ErrorBody? said, DateTimeOffset now) => new(kind)
    {
        HttpStatus = reply.Status,
        Code = said?.Code,
        Message = said?.Message,
        FieldErrors = said?.FieldErrors ?? [],
        RetryAfter = ZoomTime.RetryDelay(reply.RetryAfter, reply.Date ?? now),
        TrackingId = reply.TrackingId,
        ServerDate = reply.Date,
    };

    private static ZoomErrorKind KindOf(ZoomResponse reply, ErrorBody? said) => (reply.Status, said?.Code) switch
    {
        // A success arrives here only if it could not be read.
        ( >= 200 and <= 299, _) => ZoomErrorKind.OutcomeUnknown,
        ( >= 300 and <= 399, _) => ZoomErrorKind.Unexpected,
        (_, 4711) => ZoomErrorKind.ScopesMissing,
        (_, 4738) => ZoomErrorKind.ApprovalWithdrawn,
        (_, 4741) => ZoomErrorKind.TokenSuperseded,
        (429, _) or (_, 429) => LimitOf(reply, said),
        ( >= 500, _) => ZoomErrorKind.ServerError,
        (401, _) or (_, 124) => ZoomErrorKind.Unauthorized,
        (_, 3161 or 3000) => ZoomErrorKind.MayNotHost,
        (_, 1001 or 1120) => ZoomErrorKind.UserGone,
        (_, 3001) => ZoomErrorKind.MeetingGone,
        (_, 300) => ZoomErrorKind.Rejected,
        _ => ZoomErrorKind.Unexpected,
    };

    private static ZoomErrorKind TokenKindOf(ZoomResponse reply, ErrorBody? said) => KindOf(reply, said) switch
    {
        ZoomErrorKind.Unauthorized or ZoomErrorKind.Rejected or ZoomErrorKind.Unexpected when reply.Status >= 400 => said?.Error switch
        {
            "invalid_grant" => ZoomErrorKind.InvalidGrant,
            "invalid_client" or "unauthorized_client" or "unsupported_grant_type" => ZoomErrorKind.ConfigurationRejected,
            "invalid_request" => ZoomErrorKind.Rejected,
            _ => ZoomErrorKind.Unexpected,
        },
        var kind => kind,
    };

    private static ZoomErrorKind LimitOf(ZoomResponse reply, ErrorBody? said)
    {
        var message = said?.Message ?? "";

        if (Mentions("per-second") || Mentions("concurrent"))
        {
            return ZoomErrorKind.RateLimited;
        }

        // The two daily messages, and the header that Zoom leaves out with the first of them.
        return Mentions("daily") || string.Equals(reply.RateLimitType, "Daily-limit", StringComparison.OrdinalIgnoreCase)
            ? ZoomErrorKind.DailyLimitReached
            : ZoomErrorKind.RateLimited;

        bool Mentions(string word) => message.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private sealed record ErrorBody(int? Code, string? Message, string? Error, IReadOnlyList<ZoomFieldError> FieldErrors)
    {
        public static ErrorBody ByApi(JsonElement body) =>
            new(body.SmallNumber("code"), Cut(body.Text("message")), null, Fields(body).Take(MaxFieldErrors).ToList());

        // It is not established where 4738 and 4741 stand at this endpoint: take them from the code or from the words.
        public static ErrorBody ByTokenEndpoint(JsonElement body)
        {
            var reason = body.Text("reason") ?? body.Text("message") ?? "";
            var inWords = TokenCode().Match(reason) is { Success: true } code ? int.Parse(code.Value) : (int?)null;

            if (reason.Contains("disabled by admin", StringComparison.OrdinalIgnoreCase))
            {
                inWords = 4738;
            }

            return new(body.SmallNumber("code") ?? inWords, Cut(reason), KnownError(body.Text("error")), []);
        }

        private static IEnumerable<ZoomFieldError> Fields(JsonElement body) =>
            body.Member("errors") is { ValueKind: JsonValueKind.Array } errors
                ? errors.EnumerateArray().Select(error => new ZoomFieldError(Cut(error.Text("field")) ?? "", Cut(error.Text("message")) ?? ""))
                : [];

        private static string? Cut(string? text) => text is null ? null : ZoomText.Cut(text, MaxMessage);

        private static string? KnownError(string? error) => error is not null && ErrorName().IsMatch(error) ? error : null;
    }

    [GeneratedRegex(@"\b(4738|4741)\b")]
    private static partial Regex TokenCode();

    [GeneratedRegex(@"^[a-z_]{1,40}\z")]
    private static partial Regex ErrorName();
}
