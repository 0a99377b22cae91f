using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>
/// The waiting list place of a personal link. Opening it changes nothing: its buttons take the offered seat or leave the list.
/// </summary>
internal static class WaitingListEndpoints
{
    public static void MapPlace(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.PlacePattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost(BookingUrls.PlacePattern, TakeAsync).RequireRateLimiting(BookingLimits.Submissions);
        app.MapPost(BookingUrls.LeavePattern, LeaveAsync).RequireRateLimiting(BookingLimits.Submissions);
    }

    private static async Task<IResult> ShowAsync(
        string token,
        HttpContext context,
        WaitingListLinks links,
        WaitingListPages pages,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        links.Read(token, clock.GetUtcNow()) is { } opened
            ? await pages.ShowAsync(context, opened, token, null, cancellationToken)
            : ConfirmedEndpoints.Unusable(context);

    private static async Task<IResult> TakeAsync(
        string token,
        HttpContext context,
        WaitingListLinks links,
        WaitingListPages pages,
        WaitingList waiting,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (links.Read(token, now) is not { } opened)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, cancellationToken);
        if (form is null)
        {
            return refused!;
        }

        var outcome = await waiting.AcceptAsync(opened.Id, now, cancellationToken);
        return outcome.AppointmentId is { } appointment
            ? await pages.BookedAsync(context, new PersonalLink(appointment, opened.Holder), cancellationToken)
            : await pages.ShowAsync(context, opened, token, outcome.ForPublic, cancellationToken, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> LeaveAsync(
        string token,
        HttpContext context,
        WaitingListLinks links,
        WaitingList waiting,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (links.Read(token, now) is not { } opened)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, cancellationToken);
        if (form is null)
        {
            return refused!;
        }

        await waiting.LeaveAsync(opened.Id, now, cancellationToken);
        return new SeeOther(BookingUrls.Place(token));
    }
}
