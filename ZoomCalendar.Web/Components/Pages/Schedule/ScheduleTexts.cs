using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;

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

    public static string Of(AppointmentStatus status, IStringLocalizer<ScheduleStrings> loc) => status switch
    {
        AppointmentStatus.New => loc["New"],
        AppointmentStatus.Confirmed => loc["Confirmed"],
        AppointmentStatus.Showed => loc["Showed"],
        AppointmentStatus.NoShow => loc["No-show"],
        AppointmentStatus.Invalid => loc["Invalid"],
        AppointmentStatus.Cancelled => loc["Cancelled"],
        AppointmentStatus.Deleted => loc["Deleted"],
        _ => status.ToString(),
    };

    public static string Of(MeetingLocation location, IStringLocalizer<ScheduleStrings> loc) => location switch
    {
        { Kind: MeetingLocationKind.Zoom } => loc["Zoom"],
        { Kind: MeetingLocationKind.AskTheBooker, Detail: "" } => loc["Ask the booker"],
        { Detail: { Length: > 0 } detail } => detail,
        { Kind: MeetingLocationKind.Phone } => loc["Phone"],
        { Kind: MeetingLocationKind.InPerson } => loc["In person"],
        _ => loc["Custom"],
    };

    /// <summary>A label of two or three words for the grid. The details show the whole sentence.</summary>
    public static string Short(AppointmentCard card, IStringLocalizer<ScheduleStrings> loc) => LinkDescriber.Label(card.Link) switch
    {
        { Length: > 0 } label => label,
        _ when card.Location.IsZoom => loc["No link"],
        _ => card.Location.Kind switch
        {
            MeetingLocationKind.Phone => loc["Phone"],
            MeetingLocationKind.InPerson => loc["In person"],
            MeetingLocationKind.Custom => loc["Custom location"],
            _ => loc["Ask the booker"],
        },
    };
}
