using System.Text.Json;
using System.Text.Json.Nodes;
using ZoomCalendar.Web.Api.Answers;

namespace ZoomCalendar.Web.Api;

/// <summary>An answer: a status and a JSON object that contains the request's trace id.</summary>
internal sealed class ApiResult(int status, object body) : IResult
{
    public int Status => status;

    public string? ETag { get; init; }

    public static ApiResult Ok(ApiAnswer body, string? eTag = null) => new(StatusCodes.Status200OK, body) { ETag = eTag };

    public static ApiResult Created(ApiAnswer body, string? eTag = null) => new(StatusCodes.Status201Created, body) { ETag = eTag };

    public static ApiResult Map(JsonObject body) => new(StatusCodes.Status200OK, body);

    public static ApiResult BadRequest(string message, string? detail = null, IReadOnlyList<string>? nearest = null) =>
        Refused(StatusCodes.Status400BadRequest, message, "Bad Request", detail, nearest);

    public static ApiResult Unauthorized(string message) => Refused(StatusCodes.Status401Unauthorized, message, "Unauthorized");

    public static ApiResult Forbidden(string message) => Refused(StatusCodes.Status403Forbidden, message, "Forbidden");

    public static ApiResult NotFound(string message) => Refused(StatusCodes.Status404NotFound, message, "Not Found");

    public static ApiResult Conflict(string message) => Refused(StatusCodes.Status409Conflict, message, "Conflict");

    public static ApiResult PreconditionFailed(string message) =>
        Refused(StatusCodes.Status412PreconditionFailed, message, "Precondition Failed");

    public static ApiResult TooLarge(string message) => Refused(StatusCodes.Status413PayloadTooLarge, message, "Payload Too Large");

    public static ApiResult Unprocessable(params IReadOnlyList<string> messages) =>
        Refused(StatusCodes.Status422UnprocessableEntity, messages, "Unprocessable Entity");

    public static ApiResult TooMany(string message) => Refused(StatusCodes.Status429TooManyRequests, message, "Too Many Requests");

    public static ApiResult Broken() => Refused(
        StatusCodes.Status500InternalServerError,
        "Something went wrong on our side. Try again; if it stays, tell us the traceId.",
        "Internal Server Error");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        var trace = httpContext.ApiTraceId();
        if (body is JsonObject map)
        {
            map["traceId"] = trace;
        }
        else
        {
            ((ApiAnswer)body).TraceId = trace;
        }

        response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(response.Body, body, body.GetType(), ApiJson.Options, httpContext.RequestAborted);
    }

    private static ApiResult Refused(
        int status, object message, string error, string? detail = null, IReadOnlyList<string>? nearest = null) =>
        new(status, new ErrorAnswer { StatusCode = status, Message = message, Error = error, Detail = detail, Nearest = nearest });
}
