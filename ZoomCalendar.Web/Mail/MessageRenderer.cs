using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

internal sealed record ReceiverAddress(string Address, string Name, string TimeZone);

/// <summary>Renders a message from its template and the present facts: text, HTML, invitation.</summary>
internal sealed class MessageRenderer(AppointmentLinks links, PublicUrl publicUrl, MessageIds ids, IOptions<MailOptions> options)
{
    public OutgoingMessage Render(
        Message message,
        MessageFacts facts,
        ReceiverAddress receiver,
        (string Subject, string Body) template,
        Duration cutOff,
        DateTimeOffset now) =>
        Render(message, facts, receiver, template, Values(message, facts, receiver, cutOff, now), now);

    /// <summary>A preview, with links that do not work.</summary>
    public OutgoingMessage Preview(
        Message message, MessageFacts facts, ReceiverAddress receiver, (string Subject, string Body) template, DateTimeOffset now)
    {
        var values = Values(message, facts, receiver, Duration.Zero, now);
        foreach (var (field, path) in new[] { ("appointment.reschedule_link", BookingUrls.Change("preview")),
            ("appointment.cancellation_link", BookingUrls.Cancel("preview")) })
        {
            values[field] = values[field].Length > 0 ? Url(path) : "";
        }

        return Render(message, facts, receiver, template, values, now);
    }

    /// <summary>The sub-account's template, else the default.</summary>
    public static async Task<(string Subject, string Body)> TemplateAsync(
        ZoomCalendarContext db, SubAccountId subAccount, MessageKind kind, MessageReceiver receiver, CancellationToken cancellationToken)
    {
        var own = await db.MessageTemplates.AsNoTracking()
            .FirstOrDefaultAsync(row => row.SubAccountId == subAccount && row.Kind == kind && row.Receiver == receiver, cancellationToken);
        return own is null or { IsDefault: true } ? DefaultTemplates.Of(kind, receiver) : (own.Subject, own.Body);
    }

    private OutgoingMessage Render(
        Message message,
        MessageFacts facts,
        ReceiverAddress receiver,
        (string Subject, string Body) template,
        Dictionary<string, string> values,
        DateTimeOffset now)
    {
        var body = MergeFields.Fill(template.Body, values);
        var method = MethodOf(message);
        return new OutgoingMessage(receiver.Address, Shorten(MergeFields.FillLine(template.Subject, values)), body)
        {
            ToName = receiver.Name,
            FromName = facts.Business,
            ReplyTo = message.Receiver is MessageReceiver.Booker
                or MessageReceiver.FormerBooker ? facts.HostEmail : facts.Appointment.Booker.Email,
            Html = HtmlBody.Of(body, Links(facts, values)),
            Invitation = method.Length == 0
                ? ""
                : CalendarInvitation.Of(facts, method, ids.Host, MailboxAddress.Parse(options.Value.From).Address, now),
            InvitationMethod = method,
            MessageId = ids.Of(message.Id),
        };
    }

    /// <summary>What may be a link: the booker's own pages here, and where the meeting is. A place that the booker named is text.</summary>
    private static IEnumerable<string> Links(MessageFacts facts, Dictionary<string, string> values) =>
    [
        values["appointment.reschedule_link"],
        values["appointment.cancellation_link"],
        facts.Link.JoinUrl ?? "",
        .. facts.Appointment.Location.Kind is MeetingLocationKind.Custom
            ? HtmlBody.AddressesIn(facts.Appointment.Location.Detail)
            : [],
    ];

    private static string MethodOf(Message message) => (message.Kind, message.Receiver) switch
    {
        (MessageKind.Reminder, _) => "",
        (MessageKind.Cancellation, _) => CalendarInvitation.Cancel,
        (_, MessageReceiver.Booker) => CalendarInvitation.Request,
        _ => CalendarInvitation.Publish,
    };

    private static string Shorten(string subject) => StorableText.Shorten(subject, Message.SubjectMaxLength);

    private Dictionary<string, string> Values(
        Message message, MessageFacts facts, ReceiverAddress receiver, Duration cutOff, DateTimeOffset now)
    {
        var appointment = facts.Appointment;
        var (isBooker, zone) = (message.Receiver is MessageReceiver.Booker, receiver.TimeZone);
        var former = message.FormerStart is { } start && (start != appointment.Start || message.Receiver is MessageReceiver.FormerHost)
            ? VisitorTime.At(start, zone)
            : "";
        var present = Instant.FromDateTimeOffset(now);
        var canCancel = isBooker && appointment.IsActive
            && BookerChangeRules.WhyNotCancel(Instant.FromDateTimeOffset(appointment.Start), Duration.Zero, cutOff, present) is null;
        return new Dictionary<string, string>
        {
            ["contact.name"] = appointment.Booker.Name,
            ["contact.first_name"] = appointment.Booker.Name.Split(' ', 2)[0],
            ["contact.email"] = appointment.Booker.Email,
            ["contact.phone"] = appointment.Booker.Phone,
            ["appointment.title"] = appointment.Title,
            ["appointment.start_time"] = VisitorTime.At(appointment.Start, zone),
            ["appointment.end_time"] = VisitorTime.At(appointment.End, zone),
            ["appointment.timezone"] = VisitorTime.Zone(zone),
            ["appointment.calendar_time"] = facts.CalendarTimeZone == zone
                ? ""
                : $"{VisitorTime.At(appointment.Start, facts.CalendarTimeZone)} in {VisitorTime.Zone(facts.CalendarTimeZone)}",
            ["appointment.former_start_time"] = former,
            ["appointment.meeting_location"] = facts.Link.JoinUrl ?? LocationText.Full(appointment.Location),
            ["appointment.meeting_id"] = facts.Link.MeetingId is { } id ? MeetingNumber.Of(id) : "",
            ["appointment.passcode"] = facts.Link.Passcode ?? "",
            ["appointment.link_status"] = facts.LinkText(message.Receiver, zone, now),
            ["appointment.reschedule_link"] = canCancel
                ? Url(BookingUrls.Change(links.Make(LinkPurpose.Change, appointment.Id, appointment.End, appointment.Booker.Email)))
                : "",
            ["appointment.cancellation_link"] = canCancel
                ? Url(BookingUrls.Cancel(links.Make(LinkPurpose.Cancel, appointment.Id, appointment.End, appointment.Booker.Email)))
                : "",
            ["appointment.notes"] = appointment.Notes,
            ["calendar.name"] = facts.CalendarName,
            ["calendar.description"] = facts.CalendarDescription,
            ["host.name"] = facts.HostName,
            ["business.name"] = facts.Business,
        };
    }

    private string Url(string path) => publicUrl.Of(path);
}
