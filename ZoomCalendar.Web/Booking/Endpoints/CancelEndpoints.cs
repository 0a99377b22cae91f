using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Cancelling by a personal link. Opening it changes nothing: mail scanners and previews open links too.</summary>
internal static class CancelEndpoints
{
    public static void MapCancel(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.CancelPattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost(BookingUrls.CancelPattern, CancelAsync).RequireRateLimiting(BookingLimits.Submissions);
    }

    private static async Task<IResult> ShowAsync(
        string token,
        HttpContext context,
        AppointmentLinks links,
        DataLinks data,
        PublicAppointments appointments,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return links.Read(LinkPurpose.Cancel, token, now) is { } opened
            && await appointments.FindAsync(opened, now, cancellationToken) is { } appointment
            ? Page(context, appointment, token, data.Make(opened, appointment.End), appointment.WhyNotCancel(now), StatusCodes.Status200OK)
            : ConfirmedEndpoints.Unusable(context);
    }

    private static async Task<IResult> CancelAsync(
        string token,
        HttpContext context,
        AppointmentLinks links,
        DataLinks data,
        PublicAppointments appointments,
        AppointmentBook book,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (links.Read(LinkPurpose.Cancel, token, now) is not { } opened
            || await appointments.FindAsync(opened, now, cancellationToken) is not { } appointment)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, cancellationToken);
        if (form is null)
        {
            return refused!;
        }

        var outcome = await book.CancelAsync(appointment.Id, null, appointment.Calendar.Booker, now, cancellationToken);
        return outcome.Succeeded
            ? new SeeOther(BookingUrls.Cancel(token))
            : Page(
                context, appointment, token, data.Make(opened, appointment.End), outcome.ForPublic, StatusCodes.Status409Conflict);
    }

    private static IResult Page(
        HttpContext context, PublicAppointment appointment, string token, string dataToken, PublicSentence? whyNot, int status) =>
        PublicPages.Private<CancelPage>(context, new
        {
            Appointment = appointment,
            Clock = VisitorClock.Of(context),
            Action = BookingUrls.Cancel(token),
            DataUrl = BookingUrls.Data(dataToken),
            WhyNot = whyNot,
        }, status: status);
}
