using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

internal static class BookingLimits
{
    public const string Views = "booking-views";
    public const string Submissions = "booking-submissions";

    public static void AddBookingLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Views, context => Window(context, Options(context).ViewsPerMinute, TimeSpan.FromMinutes(1)));
        limits.AddPolicy(Submissions, context => Window(context, Options(context).SubmissionsPerTenMinutes, TimeSpan.FromMinutes(10)));
    });

    private static BookingOptions Options(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<BookingOptions>>().Value;

    private static RateLimitPartition<string> Window(HttpContext context, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(VisitorAddress.Of(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 6,
        });
}
