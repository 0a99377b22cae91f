using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

/// <summary>Names the resource file of this folder's sentences and of the folder below.</summary>
internal sealed class PublicStrings
{
    public static ResourceTexts Loc { get; } = new(typeof(PublicStrings));
}
