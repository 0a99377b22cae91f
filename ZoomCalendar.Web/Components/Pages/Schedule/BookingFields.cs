using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The problem with one field of a booking, in a sentence for that field; null: valid.</summary>
internal static class BookingFields
{
    private static readonly Booker Valid = new() { Name = "Valid" };

    public static readonly Func<string?, string?> Title = title => BookingInput.Problem(title ?? "", "", Valid, null);

    /// <summary>Of a field that is required: an empty one has its sentence.</summary>
    public static readonly Func<string?, string?> Name =
        name => string.IsNullOrWhiteSpace(name) ? null : Of(Valid with { Name = name.Trim() });

    public static readonly Func<string?, string?> Email = email => Of(Valid with { Email = (email ?? "").Trim() });

    public static readonly Func<string?, string?> Phone = phone => Of(Valid with { Phone = (phone ?? "").Trim() });

    public static readonly Func<string?, string?> Notes = notes => BookingInput.Problem("", notes ?? "", Valid, null);

    public static string? Minutes(int minutes) => BookingInput.Problem("", "", Valid, minutes);

    private static string? Of(Booker booker) => BookingInput.Problem("", "", booker, null);
}
