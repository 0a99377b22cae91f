using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>Reads a public form: small, and sent from our own pages.</summary>
internal static class PublicForm
{
    public const int LargestBytes = 64 * 1024;

    private static PublicSentence TooLarge => new(
        PublicStrings.Loc["That is more text than this form accepts. Nothing was changed. Go back, shorten it and send it again."]);

    private static PublicSentence Unreadable => new(
        PublicStrings.Loc["The form did not arrive as our page sends it. Nothing was changed. "
            + "Go back, reload the page and send it again."]);

    /// <returns>The form, or the answer that refuses it.</returns>
    public static async Task<(IFormCollection? Form, IResult? Refused)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!OwnAddress.IsFromOwnPage(request, context.RequestServices.GetRequiredService<PublicUrl>()))
        {
            return Refuse(
                StatusCodes.Status400BadRequest,
                new PublicSentence(PublicStrings.Loc["This form was sent from another site. Nothing was changed. "
                    + "Open our page and send it from there."]));
        }

        if (request.ContentLength > LargestBytes)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }

        if (!request.HasFormContentType)
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, Unreadable);
        }

        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            // Our pages name each field once.
            return form.All(field => field.Value.Count == 1) ? (form, null) : Refuse(StatusCodes.Status400BadRequest, Unreadable);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(exception.StatusCode, TooLarge);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException or IOException)
        {
            return Refuse(StatusCodes.Status400BadRequest, Unreadable);
        }

        (IFormCollection?, IResult) Refuse(int status, PublicSentence words) =>
            (null, PublicPages.Private<MessagePage>(
                context, new { Title = PublicStrings.Loc["That did not work"], Text = words.Text }, status: status));
    }
}
