using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Formats times, statuses, locations and links in the language of the circuit.</summary>
internal static class ScheduleTexts
{
    // Without a language: the least ambiguous format.
    private static readonly CultureInfo Neutral = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo Culture => CultureInfo.CurrentCulture.Name.Length == 0 ? Neutral : CultureInfo.CurrentCulture;

    public static string Time(LocalTime time) => time.ToString("t", Culture);

    public static string Time(DateTimeOffset instant, DateTimeZone zone) => Time(Local(instant, zone).TimeOfDay);

    public static string Times(DateTimeOffset start, DateTimeOffset end, DateTimeZone zone) => $"{Time(start, zone)}–{Time(end, zone)}";

    public static string Day(LocalDate date) => date.ToString("dddd d MMMM", Culture);

    public static string DayAndTime(DateTimeOffset instant, DateTimeZone zone) =>
        $"{Local(instant, zone).Date.ToString("ddd d MMM", Culture)}, {Time(instant, zone)}";

    public static string WholeTime(DateTimeOffset start, DateTimeOffset end, DateTimeZone zone) =>
        $"{Local(start, zone).Date.ToString("dddd d MMMM yyyy", Culture)}, {Times(start, end, zone)}";

    public static LocalDateTime Local(DateTimeOffset instant, DateTimeZone zone) => instant.ToInstant().InZone(zone).LocalDateTime;

    public static string Machine(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);

    public static string Of(AppointmentStatus status) => status switch
    {
        AppointmentStatus.NoShow => "No-show",
        _ => status.ToString(),
    };

    public static string Of(MeetingLocation location) => location switch
    {
        { Kind: MeetingLocationKind.Zoom } => "Zoom",
        { Kind: MeetingLocationKind.AskTheBooker, Detail: "" } => "Ask the booker",
        { Detail: { Length: > 0 } detail } => detail,
        { Kind: MeetingLocationKind.Phone } => "Phone",
        { Kind: MeetingLocationKind.InPerson } => "In person",
        _ => "Custom",
    };

    /// <summary>A label of two or three words for the grid. The details show the whole sentence.</summary>
    public static string Short(AppointmentCard card) => LinkDescriber.Label(card.Link) switch
    {
        { Length: > 0 } label => label,
        _ when card.Location.IsZoom => "No link",
        _ => card.Location.Kind switch
        {
            MeetingLocationKind.Phone => "Phone",
            MeetingLocationKind.InPerson => "In person",
            MeetingLocationKind.Custom => "Custom place",
            _ => "Place open",
        },
    };

    public static string Of(CalendarType type) => type switch
    {
        CalendarType.RoundRobin => "Round robin",
        CalendarType.ClassBooking => "Class booking",
        _ => type.ToString(),
    };

    public static string Of(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
