using System.Net;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

/// <summary>The HTML that shows a booking page in another site.</summary>
internal static class EmbedCode
{
    public static string Of(PublicUrl publicUrl, string calendar, BookingAddress address) =>
        $"<iframe src=\"{publicUrl.Of(BookingUrls.Page(address))}\" title=\"{WebUtility.HtmlEncode(calendar)}\" "
        + "width=\"100%\" height=\"760\" style=\"border: 0\" loading=\"lazy\"></iframe>";
}
