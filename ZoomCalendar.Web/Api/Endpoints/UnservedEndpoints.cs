namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>
/// Operations of the platform that are not available here. Every method is refused with a sentence, so that a client learns that the
/// operation is missing, not mistyped. Token and version are checked first.
/// </summary>
internal static class UnservedEndpoints
{
    private static readonly (string Path, string Sentence)[] Unserved =
    [
        ("/calendars/groups/{**rest}", "Calendar groups are not available here: each calendar stands by itself."),
        ("/calendars/resources/{**rest}", "Calendar resources (rooms, equipment) are not available here."),
        ("/calendars/schedules/{**rest}",
            "Schedules are not available here: set a calendar's openHours and availabilities, or its members' hours under User Profile."),
        ("/calendars/{calendarId}/notifications/{**rest}",
            "A calendar's notifications cannot be chosen here: bookers and hosts always hear of their appointments."),
        ("/calendars/appointments/{appointmentId}/notes/{**rest}",
            "Appointment notes are not kept one by one here: an appointment has one text, its description."),
        ("/contacts/business/{**rest}", "Businesses are not available here: a contact is one person."),
        ("/contacts/bulk/{**rest}", "Contacts cannot be changed in bulk here: change each one by itself."),
        ("/contacts/{contactId}/tasks/{**rest}", "A contact's tasks are not kept here."),
        ("/contacts/{contactId}/tags/{**rest}", "A contact's tags are not kept here."),
        ("/contacts/{contactId}/notes/{**rest}", "A contact's notes are not kept here: an appointment has a text, its description."),
        ("/contacts/{contactId}/followers/{**rest}", "A contact's followers are not kept here."),
        ("/contacts/{contactId}/campaigns/{**rest}", "Campaigns are not available here."),
        ("/contacts/{contactId}/workflow/{**rest}", "Workflows are not available here."),
        ("/contacts/{contactId}/appointments/{**rest}",
            "A contact's appointments are not listed by themselves here: ask for /calendars/events, and look at contactId."),
    ];

    public static void MapUnserved(this RouteGroupBuilder api)
    {
        foreach (var (path, sentence) in Unserved)
        {
            api.Map(path, () => ApiResult.Unprocessable(sentence)).ExcludeFromDescription();
        }
    }
}
