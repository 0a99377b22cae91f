using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>
/// Rescheduling by a personal link: the picker of the booking page, without the form. Only the last step, a post, changes anything.
/// </summary>
internal static class ChangeEndpoints
{
    public static void MapChange(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.ChangePattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost(BookingUrls.ChangePattern, MoveAsync).RequireRateLimiting(BookingLimits.Submissions);
    }

    private static async Task<IResult> ShowAsync(
        string token,
        HttpContext context,
        AppointmentLinks links,
        DataLinks data,
        PublicAppointments appointments,
        PickerReader picker,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (links.Read(LinkPurpose.Change, token, now) is not { } opened
            || await appointments.FindAsync(opened, now, cancellationToken) is not { } appointment)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        return await PageAsync(
            context,
            appointment,
            token,
            data.Make(opened, appointment.End),
            PickerQuery.Of(name => context.Request.Query[name]),
            null,
            StatusCodes.Status200OK,
            picker,
            now,
            cancellationToken);
    }

    private static async Task<IResult> MoveAsync(
        string token,
        HttpContext context,
        AppointmentLinks links,
        DataLinks data,
        PublicAppointments appointments,
        AppointmentBook book,
        PickerReader picker,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (links.Read(LinkPurpose.Change, token, now) is not { } opened
            || await appointments.FindAsync(opened, now, cancellationToken) is not { } appointment)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, cancellationToken);
        if (form is null)
        {
            return refused!;
        }

        var query = PickerQuery.Of(name => form[name]).WithClockOf(context);
        if (query.At is not { } start)
        {
            return await PageAsync(
                context,
                appointment,
                token,
                data.Make(opened, appointment.End),
                query,
                new PublicSentence(PublicStrings.Loc["Choose a time first."]),
                StatusCodes.Status422UnprocessableEntity,
                picker,
                now,
                cancellationToken);
        }

        var outcome = await book.MoveAsync(
            new MoveRequest(appointment.Id, null, start.ToDateTimeOffset()) { BookerTimeZone = query.Zone },
            appointment.Calendar.Booker,
            now,
            cancellationToken);
        if (!outcome.Succeeded)
        {
            return await PageAsync(context, appointment, token, data.Make(opened, appointment.End), query with
            {
                Day = start.InZone(ZoneOf(appointment, query)).Date,
                At = null,
            }, outcome.ForPublic, StatusCodes.Status409Conflict, picker, now, cancellationToken);
        }

        var end = await appointments.EndOfAsync(appointment.Id, cancellationToken) ?? appointment.End;
        return new SeeOther(BookingUrls.InClockOf(
            BookingUrls.Confirmed(appointment.Calendar.Address, links.Make(LinkPurpose.Confirmed, appointment.Id, end, appointment.Email)),
            query));
    }

    private static async Task<IResult> PageAsync(
        HttpContext context,
        PublicAppointment appointment,
        string token,
        string dataToken,
        PickerQuery asked,
        PublicSentence? problem,
        int status,
        PickerReader picker,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var query = asked with { Zone = asked.Zone ?? appointment.TimeZone, Host = null };
        if (query is { Month: null, Day: null, At: null })
        {
            // It opens where the appointment is.
            query = query with { Day = Instant.FromDateTimeOffset(appointment.Start).InZone(ZoneOf(appointment, query)).Date };
        }

        var whyNot = appointment switch
        {
            { IsActive: false } => new PublicSentence(PublicStrings.Loc["This appointment was cancelled."]),
            _ => appointment.WhyNotMove(now),
        };
        if (whyNot is null && query.At is { } at && !await picker.IsOfferedAsync(appointment, at, now, cancellationToken))
        {
            (problem, query) = (problem ?? PublicReasons.NotFree, query with
            {
                At = null,
                Day = at.InZone(ZoneOf(appointment, query)).Date,
            });
        }

        var model = new ChangePageModel
        {
            Appointment = appointment,
            Path = BookingUrls.Change(token),
            DataUrl = BookingUrls.Data(dataToken),
            Query = query,
            Clock = VisitorClock.Of(query),
            WhyNot = whyNot,
            Problem = problem,
            Picker = whyNot is null ? await picker.ReadAsync(appointment.Calendar, query, appointment, now, cancellationToken) : null,
        };
        return PublicPages.Private<ChangePage>(context, new { Model = model }, status: status);
    }

    private static DateTimeZone ZoneOf(PublicAppointment appointment, PickerQuery query) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(query.Zone ?? appointment.TimeZone) ?? DateTimeZone.Utc;
}
