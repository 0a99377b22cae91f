namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// 301 for GET; 308 for POST, so that the browser sends its form again. Browsers ask anew each time, because the target can change. The
/// framework's redirects would log the address.
/// </summary>
internal sealed class PermanentRedirect(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = HttpMethods.IsPost(httpContext.Request.Method)
            ? StatusCodes.Status308PermanentRedirect
            : StatusCodes.Status301MovedPermanently;
        httpContext.Response.Headers.Location = url;
        httpContext.Response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
