using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>The present state of an appointment, from which a message about it is rendered.</summary>
public sealed record MessageFacts
{
    public required Appointment Appointment { get; init; }

    public required LinkFacts Link { get; init; }

    public required string Business { get; init; }

    public required string CalendarName { get; init; }

    public required string CalendarDescription { get; init; }

    public required string CalendarTimeZone { get; init; }

    public required string HostName { get; init; }

    public required string HostEmail { get; init; }

    /// <summary>The number of changes of the appointment and its link so far. It never decreases.</summary>
    public required int Sequence { get; init; }

    public bool IsLinkPending => Link.IsPending;

    /// <summary>What a former host reads about the meeting left behind.</summary>
    public StaffSentence LeftMeeting { get; private init; } = new("");

    /// <summary>The sentence about the link for a receiver; empty if there is none, or if the message contains the link.</summary>
    /// <param name="receiver">The receiver. Bookers read no reasons.</param>
    /// <param name="zone">The receiver's time zone, an IANA id.</param>
    /// <param name="now">The present.</param>
    public string LinkText(MessageReceiver receiver, string zone, DateTimeOffset now) => receiver switch
    {
        MessageReceiver.Booker => LinkDescriber.ForBooker(Link, zone, now, hasEmail: true).Text,
        MessageReceiver.FormerHost => LeftMeeting.Text,
        MessageReceiver.FormerBooker => "",
        _ => Link.JoinUrl is null ? LinkDescriber.ForStaff(Link).Text : "",
    };

    /// <summary>These facts with the meeting that a former host's account still has.</summary>
    /// <param name="db">The database.</param>
    /// <param name="moved">The id of the event that gave the appointment to another host.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<MessageFacts> WithLeftMeetingAsync(
        ZoomCalendarContext db, long moved, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.LeftMeetingAsync(moved, cancellationToken) is var (meeting, account)
            ? this with { LeftMeeting = LinkDescriber.OnLeftMeeting(meeting, account, now) }
            : this;

    /// <summary>The state that a message of these facts tells the receiver.</summary>
    public string SentStateFor(MessageReceiver receiver) => SentState.Of(Appointment, Link.JoinUrl, Link.Passcode, receiver);

    /// <summary>The facts for a former booker: without the present booker, and without the location agreed with them.</summary>
    public MessageFacts ForFormerBooker(string address)
    {
        Appointment.Booker = new Booker { Name = "", Email = address, TimeZone = Appointment.Booker.TimeZone };
        Appointment.Location = Appointment.Location.Kind is MeetingLocationKind.AskTheBooker
            ? MeetingLocation.AskTheBooker
            : Appointment.Location;
        return this;
    }

    /// <summary>Reads the facts; null if there is no such appointment.</summary>
    public static async Task<MessageFacts?> LoadAsync(
        ZoomCalendarContext db, AppointmentId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (
            from appointment in db.Appointments.AsNoTracking()
            where appointment.Id == id
            join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
            join subAccount in db.SubAccounts on appointment.SubAccountId equals subAccount.Id
            from meeting in db.Set<SlotMeeting>().AsNoTracking().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
            from host in db.Set<User>().Where(row => row.Id == appointment.HostId).DefaultIfEmpty()
            select new
            {
                appointment,
                meeting,
                Business = subAccount.Name,
                calendar.Name,
                calendar.Description,
                calendar.TimeZone,
                HostName = (string?)host.Name,
                HostEmail = host.Email,
                Sequence = db.Set<Event>().Count(row => row.AppointmentId == appointment.Id && row.Kind != EventKind.AppointmentAskedAgain
                    && row.Kind != EventKind.ConfirmationSentAgain),
            }).FirstOrDefaultAsync(cancellationToken);

        return found is null ? null : new MessageFacts
        {
            Appointment = found.appointment,
            Link = await db.LinkOfAsync(found.appointment, found.meeting, now, cancellationToken),
            Business = found.Business,
            CalendarName = found.Name,
            CalendarDescription = found.Description,
            CalendarTimeZone = found.TimeZone,
            HostName = found.HostName ?? "",
            HostEmail = found.HostEmail ?? "",
            Sequence = found.Sequence,
        };
    }
}
