using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Booking;

/// <summary>After booking: what was booked, and the link as soon as it is there.</summary>
internal static class ConfirmedEndpoints
{
    public static void MapConfirmed(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.ConfirmedPattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapGet($"{BookingUrls.ConfirmedPattern}/invitation.ics", InvitationAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapGet($"{BookingUrls.ConfirmedPattern}/changes", ChangesAsync).RequireRateLimiting(BookingLimits.Views);
    }

    internal static IResult Unusable(HttpContext context) => PublicPages.Private<WordsPage>(
        context,
        new { Title = "This link cannot be used", Text = "It is incomplete, or too old. Open it once more from the newest message about your appointment." },
        status: StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        string slug, string token, HttpContext context, AppointmentLinks links, PublicAppointments appointments, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var again = links.Read(LinkPurpose.ConfirmedAgain, token, now);
        var id = again ?? links.Read(LinkPurpose.Confirmed, token, now);
        if (id is null || await appointments.FindAsync(id.Value, now, cancellationToken) is not { } appointment || appointment.Calendar.Slug != slug)
        {
            return Unusable(context);
        }

        var model = new ConfirmedPageModel(appointment, BookingUrls.Confirmed(slug, token))
        {
            IsAgain = again is not null,
            CancelUrl = again is null && appointment.IsActive && appointment.WhyNotCancel(now) is null ? BookingUrls.Cancel(links.Make(LinkPurpose.Cancel, appointment.Id, appointment.End)) : null,
            ChangeUrl = again is null && appointment.IsActive && appointment.WhyNotMove(now) is null ? BookingUrls.Change(links.Make(LinkPurpose.Change, appointment.Id, appointment.End)) : null,
        };
        return PublicPages.Private<ConfirmedPage>(context, new { Model = model }, appointment.Calendar);
    }

    private static async Task<IResult> ChangesAsync(
        string slug, string token, string? known, AppointmentLinks links, PublicAppointments appointments, LiveStream stream, TimeProvider clock, CancellationToken cancellationToken)
    {
        return links.Read(LinkPurpose.Confirmed, token, clock.GetUtcNow()) is { } id
            && await appointments.FindAsync(id, clock.GetUtcNow(), cancellationToken) is { } appointment && appointment.Calendar.Slug == slug
                ? stream.Follow(appointment.Calendar.SubAccountId, known, async stop => (await appointments.FindAsync(id, clock.GetUtcNow(), stop))?.State ?? "")
                : TypedResults.NotFound();
    }

    private static async Task<IResult> InvitationAsync(
        string token, AppointmentLinks links, IDbContextFactory<ZoomCalendarContext> contexts, MessageIds ids, IOptions<MailOptions> mail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (links.Read(LinkPurpose.Confirmed, token, now) is not { } id || await MessageFacts.LoadAsync(db, id, now, cancellationToken) is not { } facts)
        {
            return TypedResults.NotFound();
        }

        var method = facts.Appointment.IsActive ? CalendarInvitation.Publish : CalendarInvitation.Cancel;
        var text = CalendarInvitation.Of(facts, method, ids.Host, MailboxAddress.Parse(mail.Value.From).Address, now);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), $"text/calendar; charset=utf-8; method={method}", "invitation.ics");
    }
}
