namespace ZoomCalendar.Web.Booking;

/// <summary>The limits of one visitor (one address) on the public pages, and of all of them.</summary>
internal sealed record BookingOptions
{
    public const string SectionName = "Booking";

    public int ViewsPerMinute { get; init; } = 240;

    public int SubmissionsPerTenMinutes { get; init; } = 30;

    /// <summary>The requests of all visitors that each process works on at the same time. Not set: 8 for each processor.</summary>
    public int? RequestsAtOnce { get; init; }

    /// <summary>The requests that wait for their turn; the next is refused. Not set: 80 for each processor.</summary>
    public int? RequestsWaiting { get; init; }
}
