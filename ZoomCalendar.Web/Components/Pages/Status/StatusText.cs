namespace ZoomCalendar.Web.Components.Pages.Status;

/// <summary>The title and the sentence for a status code.</summary>
internal static class StatusText
{
    private const string LoadFailed = "That did not work";

    public static (string Title, string Text) ForBooker(int code) => code switch
    {
        StatusCodes.Status404NotFound => ("Not found",
            "There is nothing to book at this address. It may be mistyped, or bookings may have ended here. Ask the business for "
                + "its booking page."),
        StatusCodes.Status429TooManyRequests => Of(code),
        >= 400 and < 500 => (LoadFailed,
            "The page was not asked for in a way that it understands. Nothing was changed. Go back, reload the page and try "
                + "again."),
        _ => ("Something went wrong", "The fault is ours. What you booked before is safe. Please try again in a few minutes."),
    };

    public static (string Title, string Text) Of(int code) => code switch
    {
        StatusCodes.Status400BadRequest => (LoadFailed,
            "The form was too old or was sent from elsewhere. Nothing was changed. Go back, reload the page and try again."),
        StatusCodes.Status403Forbidden => ("Not allowed", "This belongs to somebody else. Nothing was changed."),
        StatusCodes.Status404NotFound => ("Not found", "There is nothing at this address, or it is not yours to see."),
        StatusCodes.Status405MethodNotAllowed => (LoadFailed,
            "This address cannot be used that way. Nothing was changed. Go back and use the buttons of the page."),
        StatusCodes.Status413PayloadTooLarge => (LoadFailed,
            "That was more than this page takes. Nothing was changed. Go back, write less and send it again."),
        StatusCodes.Status415UnsupportedMediaType => (LoadFailed,
            "The form did not arrive as our page sends it. Nothing was changed. Go back, reload the page and send it again."),
        StatusCodes.Status429TooManyRequests => ("Too many requests", "Wait a minute, then try again."),
        >= 400 and < 500 => (LoadFailed,
            "The page was not asked for in a way that it understands. Nothing was changed. Go back, reload the page and try "
                + "again."),
        _ => ("Something went wrong",
            "The fault is ours. What was saved before is safe. Try again; if it keeps happening, tell whoever runs this app."),
    };
}
