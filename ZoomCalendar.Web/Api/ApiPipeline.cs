using Microsoft.AspNetCore.Http.Features;

namespace ZoomCalendar.Web.Api;

/// <summary>Wraps all requests under <c>/api</c>: errors are JSON, bodies are bounded, and the version is required.</summary>
internal sealed partial class ApiPipeline(RequestDelegate next, ILogger<ApiPipeline> logger)
{
    public const string TooMany = "Too many requests. Wait until the interval in the headers is over.";
    public const int LargestBody = 256 * 1024;

    private static readonly string[] Versions = ["2021-04-15", "2021-07-28", "2023-02-21", "v3"];

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = LargestBody;
            }

            if (VersionFault(http) is { } fault)
            {
                await ApiResult.Unauthorized(fault).ExecuteAsync(http);
                return;
            }

            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            var answer = exception.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? ApiResult.TooLarge($"The body is too large: at most {LargestBody / 1024} KB.")
                : ApiResult.BadRequest("The request cannot be read.");
            await answer.ExecuteAsync(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Log.Failed(logger, http.ApiTraceId(), exception);
            await ApiResult.Broken().ExecuteAsync(http);
        }
    }

    private static string? VersionFault(HttpContext http)
    {
        var version = http.Request.Headers["Version"].ToString();
        return version.Length == 0 ? "version header was not found." : Versions.Contains(version) ? null : "version header is invalid";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An API request failed; traceId {TraceId}")]
        public static partial void Failed(ILogger logger, string traceId, Exception exception);
    }
}
