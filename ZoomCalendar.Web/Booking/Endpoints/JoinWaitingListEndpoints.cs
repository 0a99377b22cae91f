using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Joins the waiting list of a full time. The answer does not reveal whether the address already has a seat or place.</summary>
internal static class JoinWaitingListEndpoints
{
    public static void MapWait(this IEndpointRouteBuilder app)
    {
        app.MapPost(BookingUrls.WaitPattern, JoinAsync).RequireRateLimiting(BookingLimits.Submissions);
        app.MapGet(BookingUrls.JoinedPattern, JoinedAsync).RequireRateLimiting(BookingLimits.Views);
    }

    private static async Task<IResult> JoinAsync(
        [AsParameters] BookingAddress address,
        HttpContext context,
        BookPages pages,
        WaitingList waiting,
        FormToken tokens,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await pages.OpenAsync(address, cancellationToken) is not { } calendar)
        {
            return TypedResults.NotFound();
        }

        var (form, refused) = await PublicForm.ReadAsync(context, cancellationToken);
        if (form is null)
        {
            return refused!;
        }

        var query = PickerQuery.Of(name => form[name]).WithClockOf(context) with { Host = null };
        var typed = BookingForm.Of(form);
        if (typed.IsFromProgram)
        {
            return new SeeOther(BookingUrls.Joined(calendar.Address));
        }

        if (query.At is not { } start)
        {
            return await pages.ShowAsync(context, calendar, query, cancellationToken);
        }

        var now = clock.GetUtcNow();
        if (tokens.Read(typed.Token, calendar.Id, now) is not { IsExpired: false } token)
        {
            return await AgainAsync(
                new PublicSentence(
                    PublicStrings.Loc["This form was open for more than two hours, or was not made for this page. "
                        + "Please check it and send it again."]),
                StatusCodes.Status400BadRequest);
        }

        if (typed.Problems(calendar, null) is { Count: > 0 } errors)
        {
            return await AgainAsync(BookPages.Marked, StatusCodes.Status422UnprocessableEntity, errors);
        }

        var outcome = await waiting.JoinAsync(
            typed.ToJoinRequest(calendar, start, query.Zone ?? calendar.TimeZone, token.SubmitId), calendar.Booker, now, cancellationToken);
        return outcome.Refusal switch
        {
            null => new SeeOther(BookingUrls.Joined(calendar.Address)),
            Refusal.NotFound => TypedResults.NotFound(),
            Refusal.Invalid => await AgainAsync(outcome.ForPublic, StatusCodes.Status422UnprocessableEntity),
            _ => await AgainAsync(outcome.ForPublic, StatusCodes.Status409Conflict),
        };

        Task<IResult> AgainAsync(
            PublicSentence words, int status, IReadOnlyDictionary<BookingField, PublicSentence>? errors = null) =>
            pages.AgainAsync(context, calendar, query, typed, words, [], status, cancellationToken, forWaiting: true, errors);
    }

    private static async Task<IResult> JoinedAsync(
        [AsParameters] BookingAddress address, HttpContext context, BookPages pages, CancellationToken cancellationToken) =>
        await pages.OpenAsync(address, cancellationToken) is { } calendar
            ? PublicPages.Private<MessagePage>(
                context,
                new
                {
                    Title = PublicStrings.Loc["You are on the waiting list"],
                    Text = PublicStrings.Loc["We have sent you a message. "
                        + "When it is your turn for a free seat, we keep it for you and tell you how long."],
                    NextUrl = BookingUrls.Page(calendar.Address),
                    NextText = PublicStrings.Loc["See other times"],
                },
                calendar)
            : TypedResults.NotFound();
}
