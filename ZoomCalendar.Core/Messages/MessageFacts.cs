using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>How things stand with one appointment when a message about it is rendered.</summary>
public sealed record MessageFacts
{
    public required Appointment Appointment { get; init; }

    public required LinkStatus Link { get; init; }

    public required string Business { get; init; }

    public required string CalendarName { get; init; }

    public required string CalendarDescription { get; init; }

    public required string CalendarTimeZone { get; init; }

    public required string HostName { get; init; }

    public required string HostEmail { get; init; }

    /// <summary>Changes of the appointment and its link so far: it only rises.</summary>
    public required int Sequence { get; init; }

    public bool AwaitsLink => Link.State is LinkState.OnItsWay or LinkState.Waiting;

    /// <summary>What the receiver knows once a message of these facts is sent.</summary>
    public string ToldTo(MessageReceiver receiver) => Told.Of(Appointment, Link.JoinUrl, receiver);

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
            from meeting in db.SlotMeetings.AsNoTracking().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
            from host in db.Users.Where(row => row.Id == appointment.HostId).DefaultIfEmpty()
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
                Sequence = db.Events.Count(row => row.AppointmentId == appointment.Id && row.Kind != EventKind.AppointmentAskedAgain && row.Kind != EventKind.ConfirmationSentAgain),
            }).FirstOrDefaultAsync(cancellationToken);

        return found is null ? null : new MessageFacts
        {
            Appointment = found.appointment,
            Link = LinkStatus.Of(found.appointment, found.meeting, now),
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
