namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// 303: the browser requests the next page with GET, so that a reload sends no form. The framework's redirects would log the address.
/// </summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
