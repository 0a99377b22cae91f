using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>
/// A booker sees, downloads and erases their data by a signed link. The link of an appointment is about that one; for everything a link is
/// sent to the address first.
/// </summary>
internal static class YourDataEndpoints
{
    public static void MapYourData(this IEndpointRouteBuilder app)
    {
        app.MapGet(BookingUrls.DataPattern, ShowAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapGet(
            BookingUrls.DataFilePattern,
            (string token, HttpContext context, Opener opener) => FileAsync(token, "json", context, opener))
            .RequireRateLimiting(BookingLimits.Views);
        app.MapGet(
            BookingUrls.DataCalendarPattern,
            (string token, HttpContext context, Opener opener) => FileAsync(token, "ics", context, opener))
            .RequireRateLimiting(BookingLimits.Views);
        app.MapGet(BookingUrls.DataErasePattern, AskAsync).RequireRateLimiting(BookingLimits.Views);
        app.MapPost(BookingUrls.DataErasePattern, EraseAsync).RequireRateLimiting(BookingLimits.Submissions);
        app.MapPost(BookingUrls.DataMailPattern, MailAsync).RequireRateLimiting(BookingLimits.Submissions);
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext context, Opener opener) =>
        await opener.OpenAsync(token, context.RequestAborted) is { } opened
            ? Page(context, token, await opener.ReadAsync(opened, context.RequestAborted), opened, false, null, StatusCodes.Status200OK)
            : ConfirmedEndpoints.Unusable(context);

    private static async Task<IResult> AskAsync(string token, HttpContext context, Opener opener) =>
        await opener.OpenAsync(token, context.RequestAborted) is { } opened
            ? Page(context, token, await opener.ReadAsync(opened, context.RequestAborted), opened, true, null, StatusCodes.Status200OK)
            : ConfirmedEndpoints.Unusable(context);

    private static async Task<IResult> FileAsync(string token, string format, HttpContext context, Opener opener) =>
        await opener.OpenAsync(token, context.RequestAborted) is { } opened
            ? BookerFiles.Of(await opener.ExportAsync(opened, context.RequestAborted), format, opener.Host, context)
            : ConfirmedEndpoints.Unusable(context);

    private static async Task<IResult> EraseAsync(string token, HttpContext context, Opener opener, BookerErasure erasure)
    {
        if (await opener.OpenAsync(token, context.RequestAborted) is not { } opened)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, context.RequestAborted);
        if (form is null)
        {
            return refused!;
        }

        var outcome = await erasure.EraseAsync(opened.Scope, opener.Now, context.RequestAborted);
        return outcome.Succeeded
            ? PublicPages.Private<MessagePage>(context, new
            {
                Title = PublicStrings.Loc["Your data are erased"],
                Text = PublicStrings.Loc["The appointment stays in the calendar of the business without your name. Links in earlier "
                    + "messages no longer work."],
            })
            : Page(
                context,
                token,
                await opener.ReadAsync(opened, context.RequestAborted),
                opened,
                false,
                new PublicSentence(PublicStrings.Loc["Nothing was erased: an appointment is still to come."]),
                StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> MailAsync(string token, HttpContext context, Opener opener, DataMail mail)
    {
        if (await opener.OpenAsync(token, context.RequestAborted) is not { } opened)
        {
            return ConfirmedEndpoints.Unusable(context);
        }

        var (form, refused) = await PublicForm.ReadAsync(context, context.RequestAborted);
        if (form is null)
        {
            return refused!;
        }

        var data = await opener.ReadAsync(opened, context.RequestAborted);
        return await mail.SendAsync(opened.Scope.SubAccountId, data.Business, opened.Email, context, opener.Now) is { } problem
            ? Page(context, token, data, opened, false, problem, StatusCodes.Status429TooManyRequests)
            : PublicPages.Private<MessagePage>(context, new
            {
                Title = PublicStrings.Loc["Look into your mailbox"],
                Text = PublicStrings.Loc["We have sent a link to your address. It opens all your data for two hours."],
            });
    }

    private static IResult Page(
        HttpContext context, string token, BookerData data, OpenedData opened, bool asks, PublicSentence? problem, int status) =>
        PublicPages.Private<YourDataPage>(
            context,
            new
            {
                Data = data,
                Clock = VisitorClock.Of(context),
                Path = BookingUrls.Data(token),
                IsEverything = opened.Scope.Only is null,
                Asks = asks,
                Problem = problem,
            },
            status: status);

    /// <summary>Whose data a valid link opens.</summary>
    internal sealed record OpenedData(BookerScope Scope, string Email);

    /// <summary>Reads the link and the data behind it.</summary>
    internal sealed class Opener(
        DataLinks links, PublicAppointments appointments, BookerDataReader reader, MessageIds ids, TimeProvider clock)
    {
        public DateTimeOffset Now => clock.GetUtcNow();

        public string Host => ids.Host;

        public async Task<OpenedData?> OpenAsync(string token, CancellationToken cancellationToken)
        {
            var link = links.Read(token, Now);
            if (link?.Everything is var (subAccount, email))
            {
                return new OpenedData(BookerScope.OfAddress(subAccount, email), email);
            }

            return link?.Appointment is { } opened
                && await appointments.FindAsync(opened, Now, cancellationToken) is { Email.Length: > 0 } one
                ? new OpenedData(new BookerScope(one.Calendar.SubAccountId, EmailAddress.Key(one.Email), one.Id), one.Email)
                : null;
        }

        public Task<BookerData> ReadAsync(OpenedData opened, CancellationToken cancellationToken) =>
            reader.ReadAsync(opened.Scope, opened.Email, Now, cancellationToken);

        public Task<BookerData> ExportAsync(OpenedData opened, CancellationToken cancellationToken) =>
            reader.ExportAsync(opened.Scope, opened.Email, Now, cancellationToken);
    }
}
