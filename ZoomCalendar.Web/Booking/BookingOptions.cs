namespace ZoomCalendar.Web.Booking;

/// <summary>The limits of one visitor (one address) on the public pages.</summary>
internal sealed record BookingOptions
{
    public const string SectionName = "Booking";

    public int ViewsPerMinute { get; init; } = 240;

    public int SubmissionsPerTenMinutes { get; init; } = 30;
}
