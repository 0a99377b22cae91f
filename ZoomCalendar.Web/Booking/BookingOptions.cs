namespace ZoomCalendar.Web.Booking;

/// <summary>What one visitor (one address) may ask of the public pages.</summary>
internal sealed record BookingOptions
{
    public const string SectionName = "Booking";

    public int ViewsPerMinute { get; init; } = 240;

    public int SubmissionsPerTenMinutes { get; init; } = 30;
}
