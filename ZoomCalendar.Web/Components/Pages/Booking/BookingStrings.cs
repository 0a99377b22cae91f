namespace ZoomCalendar.Web.Components.Pages.Booking;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class BookingStrings;
