using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>
/// <c>/book/{old}</c> and its pages, as earlier versions had them, redirect to the calendar's present address. A form from a page that was
/// loaded before the upgrade is sent on, so that it still books.
/// </summary>
internal static class OldAddressEndpoints
{
    private const string PagePattern = "/book/{old}";

    public static void MapOldAddresses(this IEndpointRouteBuilder app)
    {
        string[] pages = ["", "/changes", "/waiting", "/confirmed/{token}", "/confirmed/{token}/invitation.ics", "/confirmed/{token}/changes"];
        foreach (var page in pages)
        {
            app.MapGet(PagePattern + page, RedirectAsync).RequireRateLimiting(BookingLimits.Views);
        }

        // The new address counts the submission.
        app.MapPost(PagePattern, RedirectAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost($"{PagePattern}/wait", RedirectAsync).RequireRateLimiting(BookingLimits.Views);
    }

    private static async Task<IResult> RedirectAsync(
        string old, HttpContext context, PublicCalendars calendars, CancellationToken cancellationToken)
    {
        var request = context.Request;
        return await calendars.AddressOfOldAsync(old, cancellationToken) is { } address
            && request.Path.StartsWithSegments($"/book/{old}", StringComparison.OrdinalIgnoreCase, out var page)
            ? new PermanentRedirect(BookingUrls.Page(address) + page.ToUriComponent() + request.QueryString.ToUriComponent())
            : TypedResults.NotFound();
    }
}
