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

/// <summary>How things stand with one appointment when a message about it is rendered.</summary>
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

    /// <summary>Changes of the appointment and its link so far: it only rises.</summary>
    public required int Sequence { get; init; }

    public bool IsLinkPending => Link.IsPending;

    /// <summary>What a former host reads of the meeting left behind.</summary>
    public StaffSentence LeftMeeting { get; private init; } = new("");

    /// <summary>What is said of the link to each receiver, in the words of their audience; empty: there is nothing to say, or the link itself is told.</summary>
    /// <param name="receiver">Bookers read no reasons.</param>
    /// <param name="zone">The receiver's, IANA id.</param>
    /// <param name="now">The present.</param>
    public string LinkText(MessageReceiver receiver, string zone, DateTimeOffset now) => receiver switch
    {
        MessageReceiver.Booker => LinkDescriber.ForBooker(Link, zone, now, hasEmail: true).Text,
        MessageReceiver.FormerHost => LeftMeeting.Text,
        MessageReceiver.FormerBooker => "",
        _ => Link.JoinUrl is null ? LinkDescriber.ForStaff(Link).Text : "",
    };

    /// <param name="db">The database.</param>
    /// <param name="moved">The event that gave the appointment to somebody else.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<MessageFacts> WithLeftMeetingAsync(ZoomCalendarContext db, long moved, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.LeftMeetingAsync(moved, cancellationToken) is var (meeting, account) ? this with { LeftMeeting = LinkDescriber.OnLeftMeeting(meeting, account, now) } : this;

    /// <summary>What the receiver knows once a message of these facts is sent.</summary>
    public string SentStateFor(MessageReceiver receiver) => SentState.Of(Appointment, Link.JoinUrl, receiver);

    /// <summary>As somebody may read it who was its booker before: without the present booker, and without what was agreed with them.</summary>
    public MessageFacts ForFormerBooker(string address)
    {
        Appointment.Booker = new Booker { Name = "", Email = address, TimeZone = Appointment.Booker.TimeZone };
        Appointment.Location = Appointment.Location.Kind is MeetingLocationKind.AskTheBooker ? MeetingLocation.AskTheBooker : Appointment.Location;
        return this;
    }

    public static async Task<MessageFacts?> LoadAsync(ZoomCalendarContext db, AppointmentId id, DateTimeOffset now, CancellationToken cancellationToken)
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
                Sequence = db.Set<Event>().Count(row => row.AppointmentId == appointment.Id && row.Kind != EventKind.AppointmentAskedAgain && row.Kind != EventKind.ConfirmationSentAgain),
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
