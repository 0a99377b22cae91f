using System.Globalization;

namespace ZoomCalendar.Web.Booking;

/// <summary>Addresses that open a web calendar with the appointment filled in.</summary>
internal static class AddToCalendarLinks
{
    public static string Google(PublicAppointment appointment) =>
        "https://calendar.google.com/calendar/render?action=TEMPLATE"
        + $"&text={Escape(Title(appointment))}&dates={Basic(appointment.Start)}/{Basic(appointment.End)}"
        + $"&location={Escape(Place(appointment))}&details={Escape(Details(appointment))}&ctz={Escape(appointment.TimeZone)}";

    public static string Outlook(PublicAppointment appointment) =>
        "https://outlook.live.com/calendar/0/deeplink/compose?path=/calendar/action/compose&rru=addevent"
        + $"&subject={Escape(Title(appointment))}&startdt={Escape(Extended(appointment.Start))}&enddt={Escape(Extended(appointment.End))}"
        + $"&location={Escape(Place(appointment))}&body={Escape(Details(appointment))}";

    private static string Title(PublicAppointment appointment) => $"{appointment.Calendar.Name} – {appointment.Calendar.Business}";

    private static string Details(PublicAppointment appointment) =>
        HowToJoin.WithDescription(appointment.Link, appointment.Calendar.Description);

    private static string Place(PublicAppointment appointment) => appointment.Link.JoinUrl ?? LocationText.Full(appointment.Location);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Basic(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Extended(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
