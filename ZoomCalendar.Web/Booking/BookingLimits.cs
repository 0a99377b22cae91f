using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Web.Booking;

internal static class BookingLimits
{
    public const string Views = "booking-views";
    public const string Submissions = "booking-submissions";

    private const int PrefixBytes = 8;

    public static void AddBookingLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Views, context => Window(context, Options(context).ViewsPerMinute, TimeSpan.FromMinutes(1)));
        limits.AddPolicy(Submissions, context => Window(context, Options(context).SubmissionsPerTenMinutes, TimeSpan.FromMinutes(10)));
    });

    private static BookingOptions Options(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<BookingOptions>>().Value;

    private static RateLimitPartition<string> Window(HttpContext context, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(VisitorOf(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 6,
        });

    // A visitor with one IPv6 address controls 2^64 of them.
    private static string VisitorOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } =>
            Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)),
        _ => address.MapToIPv4().ToString(),
    };
}
