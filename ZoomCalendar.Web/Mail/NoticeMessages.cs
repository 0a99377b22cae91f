using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Mail;

/// <summary>Messages to members about their Zoom connection, their quota, and links that are missing.</summary>
internal sealed class NoticeMessages(IDbContextFactory<ZoomCalendarContext> contexts, PublicUrl publicUrl, MessageIds ids)
{
    private sealed record NoticeText(string Subject, string News, string Path);

    /// <returns>Null: obsolete, or no longer for this user.</returns>
    public async Task<OutgoingMessage?> RenderAsync(Message message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from occurrence in db.Events.AsNoTracking()
            where occurrence.Id == message.EventId
            join membership in db.Memberships on occurrence.SubAccountId equals membership.SubAccountId
            where membership.UserId == message.UserId
            join user in db.Users on membership.UserId equals user.Id
            join subAccount in db.SubAccounts on occurrence.SubAccountId equals subAccount.Id
            from person in db.Set<User>().Where(row => row.Id == occurrence.UserId).DefaultIfEmpty()
            select new
            {
                Event = occurrence,
                user.Name,
                user.Email,
                user.TimeZone,
                membership.Role,
                Business = subAccount.Name,
                subAccount.Slug,
                Person = (string?)person.Name,
                IsMember = db.Set<Membership>().Any(row => row.SubAccountId == occurrence.SubAccountId && row.UserId == occurrence.UserId),
                IsBack = db.Set<Event>().Any(later => later.Id > occurrence.Id && later.SubAccountId == occurrence.SubAccountId
                    && later.UserId == occurrence.UserId
                    && (later.Kind == EventKind.ConnectionMade || later.Kind == EventKind.ConnectionRestored)),
            }).FirstOrDefaultAsync(cancellationToken);
        if (found?.Email is not { Length: > 0 } address)
        {
            return null;
        }

        var isOwn = found.Event.UserId == message.UserId;
        if (!isOwn && found.Role is not Role.Admin)
        {
            // The receiver was an admin when it happened, but is no longer one.
            return null;
        }

        var whose = isOwn ? "your" : $"{found.Person}'s";
        var notice = found.Event.Kind switch
        {
            EventKind.ConnectionLost or EventKind.ConnectionEnded when found.IsBack => null,
            EventKind.ConnectionLost or EventKind.ConnectionEnded when message.MinutesBefore < 0 =>
                await MissingLinksNoticeAsync(db, found.Event, isOwn, found.Person, found.IsMember, found.TimeZone, now, cancellationToken),
            EventKind.ConnectionLost or EventKind.ConnectionEnded => new NoticeText(
                $"{(isOwn ? "Your Zoom connection" : $"The Zoom connection of {found.Person}")} "
                    + $"{(found.Event.Kind is EventKind.ConnectionLost ? "is lost" : "has ended")}",
                $"{found.Event.Detail}\n\nAppointments stay booked. {Remedy(isOwn, found.Person, found.IsMember)}",
                isOwn ? AppUrls.Integrations : AppUrls.Activity),
            EventKind.QuotaNear => new NoticeText(
                $"Zoom requests are running low for today ({(isOwn ? "you" : found.Person)})",
                $"{found.Event.Detail}\n\nThis is about {whose} Zoom account.",
                AppUrls.Activity),
            EventKind.QuotaUsedUp => new NoticeText(
                $"Zoom requests of today are used up ({(isOwn ? "you" : found.Person)})",
                $"{found.Event.Detail}\n\nThis is about {whose} Zoom account. New bookings are still accepted.",
                AppUrls.Activity),
            EventKind.LinkWaiting or EventKind.LinkOverdue => await LinkNoticeAsync(db, message, found.TimeZone, now, cancellationToken),
            _ => null,
        };
        if (notice is null)
        {
            return null;
        }

        var link = publicUrl.Of(AppUrls.In(found.Slug, notice.Path));
        var body = $"Hello {found.Name.Split(' ', 2)[0]},\n\n{notice.News}\n\nSee it here: {link}\n\n{found.Business}";
        return new OutgoingMessage(address, StorableText.OneLine(notice.Subject), body)
        {
            ToName = found.Name,
            FromName = found.Business,
            Html = HtmlBody.Of(body, link),
            MessageId = ids.Of(message.Id),
        };
    }

    private static string Remedy(bool isOwn, string? person, bool isMember) =>
        isOwn ? "New Zoom bookings get no link until you connect Zoom again."
        : isMember ? $"New Zoom bookings of {person} get no link until {person} connects Zoom again."
        : $"{person} is no longer a member here: upcoming appointments that need a Zoom link need another host.";

    /// <returns>Null: no upcoming Zoom appointment lacks its link.</returns>
    private static async Task<NoticeText?> MissingLinksNoticeAsync(
        ZoomCalendarContext db,
        Event loss,
        bool isOwn,
        string? person,
        bool isMember,
        string zone,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var without = db.AppointmentsWithoutLink(loss.SubAccountId, now).Where(row => row.HostId == loss.UserId);
        var (count, first) = (await without.CountAsync(cancellationToken), await without.MinAsync(
            row => (DateTimeOffset?)row.Start, cancellationToken));
        if (first is not { } start)
        {
            return null;
        }

        var (has, next) =
            (count == 1 ? "1 appointment has" : $"{count} appointments have", $"{VisitorTime.At(start, zone)} ({VisitorTime.Zone(zone)})");
        return new NoticeText(
            $"Zoom is still not connected{(isOwn ? "" : $" ({person})")}: {has} no link",
            $"{(isOwn ? "Your Zoom connection" : $"The Zoom connection of {person}")} has not worked since "
                + $"{VisitorTime.At(loss.At, zone)}. {has} no Zoom link: {(count == 1 ? "it is" : "the first is")} on {next}.\n\n"
                + $"{Remedy(isOwn, person, isMember)}",
            isOwn ? AppUrls.Integrations : AppUrls.Team);
    }

    private static async Task<NoticeText?> LinkNoticeAsync(
        ZoomCalendarContext db, Message message, string zone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (message.AppointmentId is not { } id || await MessageFacts.LoadAsync(
            db, id, now, cancellationToken) is not { Link.State: LinkState.OnItsWay or LinkState.Waiting or LinkState.Stopped } facts
            || facts.Appointment.Start != message.Start || facts.Appointment.End <= now)
        {
            return null;
        }

        var when = VisitorTime.At(facts.Appointment.Start, zone);
        return new NoticeText(
            $"No Zoom link yet: {facts.CalendarName}, {when}",
            $"The appointment on {when} ({VisitorTime.Zone(zone)}), {facts.CalendarName}, has no Zoom link. "
                + $"{facts.LinkText(MessageReceiver.Member, zone, now)}{(facts.IsLinkPending && facts.Appointment.Booker.Email.Length > 0 ? "\n\nIts booker is told when it is there." : "")}",
            $"{AppUrls.Calendar}?open={id}");
    }
}
