using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Booking;
using Calendar = Ical.Net.Calendar;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// The appointment as an iCalendar invitation. The UID stays the same, and SEQUENCE rises with every change of the appointment or its link,
/// so that other calendars update their entry.
/// </summary>
internal static class CalendarInvitation
{
    public const string Request = "REQUEST";
    public const string Cancel = "CANCEL";
    public const string Publish = "PUBLISH";

    private const string Features = "AUDIO,VIDEO";
    private const string Producer = "-//Zoom Calendar//Appointments//EN";

    /// <param name="facts">The present state of the appointment.</param>
    /// <param name="method">REQUEST for its booker, CANCEL for a cancelled appointment, PUBLISH for its host and for downloads.</param>
    /// <param name="host">The host name in the UID, which makes it globally unique.</param>
    /// <param name="sender">The organizer of an appointment without a host.</param>
    /// <param name="now">The current time.</param>
    public static string Of(MessageFacts facts, string method, string host, string sender, DateTimeOffset now)
    {
        // A cancellation contains no link. The appointment may have another link by now, which its receiver must not see.
        var appointment = facts.Appointment;
        var link = method == Cancel ? LinkFacts.None : facts.Link;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(appointment.TimeZone)?.Id ?? "Etc/UTC";
        // An ambiguous wall-clock time is written in UTC.
        var isUtc = zone is "Etc/UTC" or "UTC" || IsAmbiguous(zone, appointment.Start) || IsAmbiguous(zone, appointment.End);
        var entry = new CalendarEvent
        {
            Uid = $"{appointment.Id}@{host}",
            Sequence = facts.Sequence,
            DtStamp = Utc(now),
            DtStart = isUtc ? Utc(appointment.Start) : In(zone, appointment.Start),
            DtEnd = isUtc ? Utc(appointment.End) : In(zone, appointment.End),
            Summary = $"{facts.CalendarName} – {facts.Business}",
            Description = HowToJoin.WithDescription(link, facts.CalendarDescription),
            Location = link.JoinUrl ?? LocationText.Full(appointment.Location),
            Status = method == Cancel ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
        if ((Address(facts.HostEmail) ?? Address(sender)) is { } organizer)
        {
            entry.Organizer = new Organizer
            {
                Value = organizer,
                CommonName = Parameter(facts.HostName.Length > 0 ? facts.HostName : facts.Business),
                // The message is from our address, on the host's behalf.
                SentBy = Address(sender) is { } from && from != organizer ? from : null,
            };
        }

        // What is published has no attendees (RFC 5546, 3.2.1): programs refuse it, or ask its reader to reply to themselves.
        var booker = Address(appointment.Booker.Email);
        if (method == Publish && booker is not null)
        {
            entry.Contacts.Add(StorableText.OneLine(string.Join(
                ", ", new[] { appointment.Booker.Name, appointment.Booker.Email }.Where(part => part.Length > 0))));
        }
        else if (booker is { } address)
        {
            entry.Attendees.Add(new Attendee(address)
            {
                CommonName = Parameter(appointment.Booker.Name.Length > 0 ? appointment.Booker.Name : appointment.Booker.Email),
                Role = ParticipationRole.RequiredParticipant,
                ParticipationStatus = EventParticipationStatus.NeedsAction,
                Rsvp = true,
            });
        }

        if (link.JoinUrl is { } url)
        {
            var conference = new CalendarProperty("CONFERENCE", url);
            conference.AddParameter("VALUE", "URI");
            conference.AddParameter("FEATURE", Features);
            conference.AddParameter("LABEL", "Join Zoom meeting");
            entry.Properties.Add(conference);
        }
        else if (method != Cancel && LocationText.IsLink(appointment.Location.Detail)
            && appointment.Location.Kind is MeetingLocationKind.Custom)
        {
            var conference = new CalendarProperty("CONFERENCE", appointment.Location.Detail);
            conference.AddParameter("VALUE", "URI");
            conference.AddParameter("LABEL", "Join online");
            entry.Properties.Add(conference);
        }

        var calendar = new Calendar { ProductId = Producer, Method = method };
        if (!isUtc)
        {
            calendar.AddTimeZone(TimeZoneComponents.Around(appointment.Start, zone));
        }

        calendar.Events.Add(entry);
        // The library quotes a parameter with a comma, which makes one value of two. Texts are not affected, because their commas are
        // escaped.
        var text = (new CalendarSerializer().SerializeToString(calendar) ?? "")
            .Replace($";FEATURE=\"{Features}\"", $";FEATURE={Features}", StringComparison.Ordinal);
        return LineFolding.Of(text);
    }

    private static bool IsAmbiguous(string zone, DateTimeOffset time)
    {
        var local = Instant.FromDateTimeOffset(time).InZone(DateTimeZoneProviders.Tzdb[zone]);
        return local.Zone.MapLocal(local.LocalDateTime).Count > 1;
    }

    private static Uri? Address(string email) =>
        email.Length > 0 && Uri.TryCreate($"mailto:{email}", UriKind.Absolute, out var address) ? address : null;

    // A parameter cannot contain line breaks or quotes.
    private static string Parameter(string text) => StorableText.OneLine(text).Replace('"', '\'');

    private static CalDateTime Utc(DateTimeOffset time) =>
        new(time.UtcDateTime.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)), "UTC");

    private static CalDateTime In(string zone, DateTimeOffset time) =>
        new(Instant.FromDateTimeOffset(time).InZone(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeUnspecified(), zone);
}
