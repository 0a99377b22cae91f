using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Renders a waiting list place for the holder of its personal link, also after it has ended.</summary>
internal sealed class WaitingListPages(
    WaitingList waiting, PublicCalendars calendars, PublicAppointments appointments, AppointmentLinks links, TimeProvider clock)
{
    public async Task<IResult> ShowAsync(
        HttpContext context,
        WaitingListLink opened,
        string token,
        PublicSentence? problem,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK)
    {
        if (await waiting.FindAsync(opened.Id, cancellationToken) is { } place
            && await calendars.ByIdAsync(place.CalendarId, cancellationToken) is { } calendar)
        {
            return PublicPages.Private<WaitingListPage>(context, new
            {
                Model = new WaitingListPageModel(calendar, place, token, problem, VisitorClock.Of(context)),
            }, status: status);
        }

        return await waiting.BookedAsync(opened.Id, cancellationToken) is { } appointment
            ? await BookedAsync(context, new PersonalLink(appointment, opened.Holder), cancellationToken)
            : PublicPages.Private<MessagePage>(
                context,
                new
                {
                    Title = PublicStrings.Loc["No longer on the waiting list"],
                    Text = PublicStrings.Loc["You left it, the time to take a seat was over, or the time itself is over. "
                        + "Nothing is booked for you."],
                },
                status: status);
    }

    public async Task<IResult> BookedAsync(HttpContext context, PersonalLink opened, CancellationToken cancellationToken) =>
        await appointments.FindAsync(opened, clock.GetUtcNow(), cancellationToken) is { } booked
            ? new SeeOther(
                BookingUrls.Confirmed(booked.Calendar.Address, links.Make(LinkPurpose.Confirmed, booked.Id, booked.End, booked.Email)))
            : ConfirmedEndpoints.Unusable(context);
}
