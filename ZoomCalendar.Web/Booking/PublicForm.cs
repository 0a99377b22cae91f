using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

/// <summary>Reads a public form: small, and sent from our own pages.</summary>
internal static class PublicForm
{
    public const int LargestBytes = 64 * 1024;

    /// <returns>The form, or the answer that refuses it.</returns>
    public static async Task<(IFormCollection? Form, IResult? Refused)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!IsFromHere(request, context.RequestServices.GetRequiredService<PublicUrl>()))
        {
            return (null, TypedResults.StatusCode(StatusCodes.Status400BadRequest));
        }

        if (request.ContentLength > LargestBytes)
        {
            return (null, TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge));
        }

        if (!request.HasFormContentType)
        {
            return (null, TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            return (await request.ReadFormAsync(cancellationToken), null);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException or IOException)
        {
            return (null, TypedResults.StatusCode((exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest));
        }
    }

    // Browsers say where a form was sent from; other programs have no visitor whose browser could be abused.
    private static bool IsFromHere(HttpRequest request, PublicUrl publicUrl) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || origin == $"{request.Scheme}://{request.Host}"
        || (Uri.TryCreate(publicUrl.Of(request, "/"), UriKind.Absolute, out var own) && origin == own.GetLeftPart(UriPartial.Authority));
}
