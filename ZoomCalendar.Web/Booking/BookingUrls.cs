using System.Globalization;
using NodaTime;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// The public pages' addresses. Their own words, such as <c>wait</c>, are no addresses of businesses or calendars:
/// <see cref="Core.Accounts.Slug.Reserved"/>.
/// </summary>
internal static class BookingUrls
{
    public const string PagePattern = "/book/{business}/{calendar}";
    public const string ChangesPattern = $"{PagePattern}/changes";
    public const string ConfirmedPattern = $"{PagePattern}/confirmed/{{token}}";
    public const string InvitationPattern = $"{ConfirmedPattern}/invitation.ics";
    public const string ConfirmedChangesPattern = $"{ConfirmedPattern}/changes";
    public const string WaitPattern = $"{PagePattern}/wait";
    public const string JoinedPattern = $"{PagePattern}/waiting";
    public const string PlacePattern = "/book/waiting/{token}";
    public const string LeavePattern = "/book/waiting/{token}/leave";
    public const string CancelPattern = "/book/cancel/{token}";
    public const string ChangePattern = "/book/change/{token}";

    /// <summary>Not below <c>/book</c>, where it could be the address of a business.</summary>
    public const string DataPattern = "/your-data/{token}";
    public const string DataFilePattern = $"{DataPattern}/data.json";
    public const string DataCalendarPattern = $"{DataPattern}/appointments.ics";
    public const string DataErasePattern = $"{DataPattern}/erase";
    public const string DataMailPattern = $"{DataPattern}/mail";

    public static string Data(string token) => $"/your-data/{token}";

    public static string Page(BookingAddress address) => InBusiness(address.Business) + address.Calendar;

    /// <summary>The first part of the addresses of all calendars of a business: <c>/book/{business}/</c>.</summary>
    public static string InBusiness(string business) => $"/book/{business}/";

    public static string Confirmed(BookingAddress address, string token) => $"{Page(address)}/confirmed/{token}";

    /// <summary>Takes the form of the waiting list.</summary>
    public static string Wait(BookingAddress address) => $"{Page(address)}/wait";

    /// <summary>The same for all visitors: only the message has a personal link.</summary>
    public static string Joined(BookingAddress address) => $"{Page(address)}/waiting";

    /// <summary>The page of a place on the waiting list.</summary>
    public static string Place(string token) => $"/book/waiting/{token}";

    public static string Leave(string token) => $"/book/waiting/{token}/leave";

    public static string Cancel(string token) => $"/book/cancel/{token}";

    public static string Change(string token) => $"/book/change/{token}";

    /// <summary>A page without a picker in the clock that its reader has chosen.</summary>
    public static string InClockOf(string path, PickerQuery query) =>
        WithQuery(path, new PickerQuery { Clock = query.Clock, FirstDay = query.FirstDay });

    /// <summary>A page of the picker with its query.</summary>
    public static string WithQuery(string path, PickerQuery query)
    {
        var parts = new List<string>();
        Add("month", query.Month is { } month ? $"{month.Year:0000}-{month.Month:00}" : null);
        Add("day", query.Day?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
        Add("at", query.At is { } at ? InstantText.Text(at) : null);
        Add("host", query.Host?.ToString());
        Add("zone", query.Zone);
        Add("clock", query.Clock is { } clock ? VisitorClock.NameOf(VisitorClock.Formats, clock) : null);
        Add("week", query.FirstDay is { } first ? VisitorClock.NameOf(VisitorClock.FirstDays, first) : null);
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}

/// <summary>Instants as they stand in addresses and forms: to the second, in UTC.</summary>
internal static class InstantText
{
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    public static string Text(Instant instant) => NodaTime.Text.InstantPattern.General.Format(instant);

    /// <returns>Null: not an instant that can be booked.</returns>
    public static Instant? Parse(string? text) =>
        text is { Length: < 40 }
        && NodaTime.Text.InstantPattern.General.Parse(text) is { Success: true, Value: var instant }
        && instant > Earliest && instant < Latest
            ? instant
            : null;
}
