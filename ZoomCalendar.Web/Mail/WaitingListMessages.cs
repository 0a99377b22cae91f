using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

/// <summary>Messages to people on a waiting list: that they are on it, and that a seat is kept for them.</summary>
internal sealed class WaitingListMessages(
    IDbContextFactory<ZoomCalendarContext> contexts, WaitingListLinks links, PublicUrl publicUrl, MessageIds ids)
{
    /// <returns>Null: obsolete.</returns>
    public async Task<OutgoingMessage?> RenderAsync(Message message, WaitingId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from entry in db.WaitingEntries.AsNoTracking()
            where entry.Id == id
            join calendar in db.Calendars on entry.CalendarId equals calendar.Id
            join subAccount in db.SubAccounts on entry.SubAccountId equals subAccount.Id
            select new { entry, calendar.Name, Business = subAccount.Name }).FirstOrDefaultAsync(cancellationToken);
        var isOffer = message.Kind is MessageKind.SeatOffered;
        if (found is null || found.entry.Start <= now || found.entry.State is WaitingState.Offered != isOffer || found.entry.IsOver(now))
        {
            return null;
        }

        var (place, zone) = (found.entry, found.entry.Booker.TimeZone);
        var when = VisitorTime.At(place.Start, zone);
        var facts = $"{found.Name}\nWhen: {when} ({VisitorTime.Zone(zone)})";
        var link = publicUrl.Of(BookingUrls.Place(links.Make(id, place.End, place.Booker.Email)));
        var news = isOffer
            ? $"a seat is free, and we keep it for you until {VisitorTime.At(place.OfferedUntil!.Value, zone)} "
                + $"({VisitorTime.Zone(zone)}). After that it goes to the next person in line.\n\n{facts}\n\nTake the seat: {link}"
            : "you are on the waiting list. When a seat is free and it is your turn, we keep it for you and write to you how "
                + $"long.\n\n{facts}\n\nYour place in line, and the way to leave it: {link}";
        var body = $"Hello {place.Booker.Name.Split(' ', 2)[0]},\n\n{news}\n\n{found.Business}";
        return new OutgoingMessage(
            place.Booker.Email, isOffer ? $"A seat is free: {found.Name}, {when}" : $"On the waiting list: {found.Name}, {when}", body)
        {
            ToName = place.Booker.Name,
            FromName = found.Business,
            Html = HtmlBody.Of(body, link),
            MessageId = ids.Of(message.Id),
        };
    }
}
