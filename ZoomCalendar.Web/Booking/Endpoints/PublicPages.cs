using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Creates the answers of the public pages with their headers.</summary>
internal static class PublicPages
{
    /// <summary>Public, but not cached, because the content changes.</summary>
    public static IResult Page<TPage>(
        HttpContext context, object model, PublicCalendar? embeddedBy = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        context.Response.Headers.CacheControl = "no-cache";
        // The browser's language decides about the clock and the week.
        context.Response.Headers.Append("Vary", "Accept-Language");
        if (embeddedBy is not null)
        {
            SecurityHeaders.AllowFraming(context.Response, EmbedOrigins.Parse(embeddedBy.EmbedOrigins));
        }

        return new RazorComponentResult<TPage>(model) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>For one person: not cached, not indexed, and sent to no other site as referrer.</summary>
    public static IResult Private<TPage>(
        HttpContext context, object model, PublicCalendar? embeddedBy = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var result = Page<TPage>(context, model, embeddedBy, status);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        // Not "no-referrer": the form's own Origin would then be missing.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return result;
    }
}
