using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Answers of the public pages, with the headers that each kind wants.</summary>
internal static class PublicPages
{
    /// <summary>May be found; says something else the next time, so it is asked for again each time.</summary>
    public static IResult Page<TPage>(
        HttpContext context, object model, PublicCalendar? embeddedBy = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        context.Response.Headers.CacheControl = "no-cache";
        if (embeddedBy is not null)
        {
            SecurityHeaders.AllowFraming(context.Response, EmbedOrigins.Parse(embeddedBy.EmbedOrigins));
        }

        return new RazorComponentResult<TPage>(model) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>For one person: kept nowhere, found by nobody, and its address goes to no other site.</summary>
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
