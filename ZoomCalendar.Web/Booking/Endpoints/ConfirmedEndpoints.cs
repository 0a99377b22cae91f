using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>After booking: what was booked, and the link as soon as it is there.</summary>
internal static class ConfirmedEndpoints
{
    public static void MapConfirmed(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.ConfirmedPattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapGet(BookingUrls.InvitationPattern, InvitationAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapGet(BookingUrls.ConfirmedChangesPattern, ChangesAsync).RequireRateLimiting(BookingLimits.Views);
    }

    internal static IResult Unusable(HttpContext context) => PublicPages.Private<MessagePage>(
        context,
        new
        {
            Title = PublicStrings.Loc["This link cannot be used"],
            Text = PublicStrings.Loc["It is incomplete or too old, or the appointment is booked under another email address now. "
                + "Open it once more from the newest message about your appointment."],
        },
        status: StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        [AsParameters] BookingAddress address,
        string token,
        HttpContext context,
        AppointmentLinks links,
        BookedPageLinks booked,
        DataLinks data,
        PublicAppointments appointments,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (opened, typed, chosen) = Open(token, links, booked, now);
        var query = PickerQuery.Of(name => context.Request.Query[name]);
        if (opened is not { } link || await appointments.FindAsync(link, now, cancellationToken) is not { } appointment)
        {
            return Unusable(context);
        }

        if (appointment.Calendar.Address != address)
        {
            // The calendar got another address after this one was handed out.
            return new SeeOther(BookingUrls.InClockOf(BookingUrls.Confirmed(appointment.Calendar.Address, token), query));
        }

        if (typed is not null)
        {
            var told = appointment with
            {
                Email = typed.Email,
                TimeZone = typed.TimeZone,
                Location = Told(appointment.Location),
                LinkSentence = LinkDescriber.ForBooker(appointment.Link, typed.TimeZone, now, typed.Email.Length > 0),
            };
            return PublicPages.Private<ConfirmedPage>(context, new
            {
                Model = new ConfirmedPageModel(told, BookingUrls.Confirmed(address, token))
                {
                    Clock = VisitorClock.Of(query),
                    IsOver = told.End <= now,
                    IsJustBooked = true,
                    // Not by its history: that of an appointment which somebody had before is not told.
                    MovedFrom = chosen == told.Start ? null : chosen,
                },
            }, appointment.Calendar);
        }

        var (whyNotCancel, whyNotMove) = (appointment.WhyNotCancel(now), appointment.WhyNotMove(now));
        var model = new ConfirmedPageModel(appointment, BookingUrls.Confirmed(address, token))
        {
            Clock = VisitorClock.Of(query),
            IsOver = appointment.End <= now,
            MovedFrom = appointment.MovedFrom,
            CancelUrl = appointment.IsActive && whyNotCancel is null
                ? BookingUrls.Cancel(links.Make(LinkPurpose.Cancel, appointment.Id, appointment.End, appointment.Email))
                : null,
            WhyNotCancel = whyNotCancel,
            ChangeUrl = appointment.IsActive && whyNotMove is null
                ? BookingUrls.Change(links.Make(LinkPurpose.Change, appointment.Id, appointment.End, appointment.Email))
                : null,
            WhyNotMove = whyNotMove,
            DataUrl = BookingUrls.Data(data.Make(link, appointment.End)),
        };
        return PublicPages.Private<ConfirmedPage>(context, new { Model = model }, appointment.Calendar);
    }

    private static async Task<IResult> ChangesAsync(
        HttpContext context,
        string token,
        string? known,
        AppointmentLinks links,
        BookedPageLinks booked,
        PublicAppointments appointments,
        ChangeStream stream,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        return Open(token, links, booked, clock.GetUtcNow()).Link is { } opened
            && await appointments.FindAsync(opened, clock.GetUtcNow(), cancellationToken) is { } appointment
                ? stream.Follow(
                    context,
                    appointment.Calendar.SubAccountId,
                    known,
                    async stop => (await appointments.FindAsync(opened, clock.GetUtcNow(), stop))?.State ?? "")
                : TypedResults.NotFound();
    }

    private static async Task<IResult> InvitationAsync(
        string token,
        AppointmentLinks links,
        BookedPageLinks booked,
        IDbContextFactory<ZoomCalendarContext> contexts,
        MessageIds ids,
        IOptions<MailOptions> mail,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (opened, typed, _) = Open(token, links, booked, now);
        if (opened is not { } link || await MessageFacts.LoadAsync(db, link.Id, now, cancellationToken) is not { } facts
            || !await PublicAppointments.IsOfAsync(db, link, facts.Appointment.Booker.Email, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        if (typed is not null)
        {
            (facts.Appointment.Booker, facts.Appointment.Location) = (typed, Told(facts.Appointment.Location));
        }

        var method = facts.Appointment.IsActive ? CalendarInvitation.Publish : CalendarInvitation.Cancel;
        var text = CalendarInvitation.Of(facts, method, ids.Host, MailboxAddress.Parse(mail.Value.From).Address, now);
        return TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(text), $"text/calendar; charset=utf-8; method={method}", "invitation.ics");
    }

    /// <summary>By a personal link, or as the page right after the form: then with what was typed and chosen there.</summary>
    private static (PersonalLink? Link, Booker? Typed, DateTimeOffset? Chosen) Open(
        string token, AppointmentLinks links, BookedPageLinks booked, DateTimeOffset now) =>
        booked.Read(token, now) is var (id, typed, start)
            ? (new PersonalLink(id, PersonalLink.HolderOf(typed.Email)), typed, start)
            : (links.Read(LinkPurpose.Confirmed, token, now), null, null);

    // The booker's own location answer is private.
    private static MeetingLocation Told(MeetingLocation place) =>
        place.Kind is MeetingLocationKind.AskTheBooker ? new MeetingLocation(place.Kind, PublicStrings.Loc["as you wrote"]) : place;
}
