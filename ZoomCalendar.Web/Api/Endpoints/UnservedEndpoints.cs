namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>
/// What the platform has and we do not: refused with a sentence whatever the method, so that a client learns that it asks in vain,
/// not that it mistyped. Token and version are asked for first, as everywhere.
/// </summary>
internal static class UnservedEndpoints
{
    private static readonly (string Path, string Sentence)[] Unserved =
    [
        ("/calendars/groups/{**rest}", "Calendar groups are not available here: each calendar stands by itself."),
        ("/calendars/resources/{**rest}", "Calendar resources (rooms, equipment) are not available here."),
        ("/calendars/schedules/{**rest}", "Schedules are not available here: set a calendar's openHours and availabilities, or its members' hours under User Profile."),
        ("/calendars/{calendarId}/notifications/{**rest}", "A calendar's notifications cannot be chosen here: bookers and hosts always hear of their appointments."),
        ("/calendars/appointments/{appointmentId}/notes/{**rest}", "Appointment notes are not kept one by one here: an appointment has one text, its description."),
    ];

    public static void MapUnserved(this RouteGroupBuilder api)
    {
        foreach (var (path, sentence) in Unserved)
        {
            api.Map(path, () => ApiResult.Unprocessable(sentence)).ExcludeFromDescription();
        }
    }
}
