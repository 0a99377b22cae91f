namespace ZoomCalendar.Web.Booking;

/// <summary>The address of a booking page, <c>/book/{business}/{calendar}</c>.</summary>
/// <param name="Business">The sub-account's slug.</param>
/// <param name="Calendar">The calendar's slug, unique in the sub-account.</param>
public readonly record struct BookingAddress(string Business, string Calendar);
