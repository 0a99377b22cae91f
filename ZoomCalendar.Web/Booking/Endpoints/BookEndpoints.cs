using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary><c>/book/{business}/{calendar}</c>: the picker and the booking form. Works without cookies and scripts.</summary>
internal static class BookEndpoints
{
    public static void MapBook(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.PagePattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost(BookingUrls.PagePattern, BookAsync).RequireRateLimiting(BookingLimits.Submissions);
    }

    private static async Task<IResult> ShowAsync(
        [AsParameters] BookingAddress address, HttpContext context, BookPages pages, CancellationToken cancellationToken)
    {
        var query = PickerQuery.Of(name => context.Request.Query[name]);
        return await pages.OpenAsync(address, cancellationToken) is { } calendar
            ? await pages.ShowAsync(context, calendar, query, cancellationToken)
            : TypedResults.NotFound();
    }

    private static async Task<IResult> BookAsync(
        [AsParameters] BookingAddress address,
        HttpContext context,
        BookPages pages,
        AppointmentBook book,
        FormToken tokens,
        BookedPageLinks links,
        PublicAppointments appointments,
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

        var query = PickerQuery.Of(name => form[name]).WithClockOf(context);
        if (calendar.Choice.All(host => host.Id != query.Host))
        {
            query = query with { Host = null };
        }

        var typed = BookingForm.Of(form);
        if (typed.IsFromProgram)
        {
            return PublicPages.Private<MessagePage>(
                context, new { Title = PublicStrings.Loc["Thank you"], Text = PublicStrings.Loc["We have received your message."] });
        }

        var now = clock.GetUtcNow();
        if (query.At is not { } start)
        {
            return await pages.ShowAsync(context, calendar, query, cancellationToken);
        }

        if (tokens.Read(typed.Token, calendar.Id, now) is not { } token)
        {
            return await pages.AgainAsync(
                context,
                calendar,
                query,
                typed,
                new PublicSentence(PublicStrings.Loc["This form was not made for this page. Please check it and send it again."]),
                [],
                StatusCodes.Status400BadRequest,
                cancellationToken);
        }

        typed = typed with { Token = tokens.Make(calendar.Id, token.SubmitId, now) };
        if (token.IsExpired)
        {
            return await pages.AgainAsync(
                context,
                calendar,
                query,
                typed,
                new PublicSentence(PublicStrings.Loc["This form was open for more than two hours. Please check it and send it again."]),
                [],
                StatusCodes.Status400BadRequest,
                cancellationToken);
        }

        if (typed.Problems(calendar, query.Host) is { Count: > 0 } errors)
        {
            return await pages.AgainAsync(
                context,
                calendar,
                query,
                typed,
                BookPages.Marked,
                [],
                StatusCodes.Status422UnprocessableEntity,
                cancellationToken,
                errors: errors);
        }

        var request = typed.ToRequest(calendar, start, query.Host, query.Zone ?? calendar.TimeZone, token.SubmitId);
        var outcome = await book.BookAsync(request, calendar.Booker, now, cancellationToken);
        if (outcome.AppointmentId is { } id)
        {
            var end = await appointments.EndOfAsync(id, cancellationToken) ?? now;
            return new SeeOther(BookingUrls.InClockOf(
                BookingUrls.Confirmed(calendar.Address, links.Make(id, request.Booker, request.Start, end)), query));
        }

        return outcome.Refusal is Refusal.NotFound
            ? TypedResults.NotFound()
            : await pages.AgainAsync(
                context,
                calendar,
                query,
                typed,
                WordsOf(outcome),
                [.. outcome.Nearest.Select(Instant.FromDateTimeOffset)],
                StatusOf(outcome),
                cancellationToken);
    }

    private static PublicSentence WordsOf(BookingOutcome outcome) =>
        outcome.Refusal is Refusal.Taken or Refusal.NotOffered && outcome.Nearest.Count > 0
        ? new PublicSentence(PublicStrings.Loc["{0} What you typed is still here.", outcome.ForPublic])
        : outcome.ForPublic;

    private static int StatusOf(BookingOutcome outcome) =>
        outcome.Refusal is Refusal.Invalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
}
