using Microsoft.Extensions.Localization;

namespace ZoomCalendar.Web.Components.Pages.Status;

/// <summary>The title and the sentence for a status code.</summary>
internal static class StatusText
{
    public static (string Title, string Text) ForBooker(int code, IStringLocalizer<StatusStrings> loc) => code switch
    {
        StatusCodes.Status404NotFound => (loc["Not found"],
            loc["There is nothing to book here. The address may be mistyped, or bookings have ended. Ask the business for its booking page."]),
        StatusCodes.Status429TooManyRequests => Of(code, loc),
        StatusCodes.Status503ServiceUnavailable => (loc["One moment, please"],
            loc["Many people are booking right now. Nothing was changed. Wait a few seconds, then load this page again."]),
        >= 400 and < 500 => (loc["That did not work"],
            loc["The page was not asked for in a way that it understands. Nothing was changed. Go back, reload the page and try again."]),
        _ => (loc["Something went wrong"], loc["The fault is ours. What you booked before is safe. Please try again in a few minutes."]),
    };

    public static (string Title, string Text) Of(int code, IStringLocalizer<StatusStrings> loc) => code switch
    {
        StatusCodes.Status400BadRequest => (loc["That did not work"],
            loc["The form was too old or was sent from elsewhere. Nothing was changed. Go back, reload the page and try again."]),
        StatusCodes.Status403Forbidden => (loc["Not allowed"], loc["This belongs to somebody else. Nothing was changed."]),
        StatusCodes.Status404NotFound => (loc["Not found"], loc["There is nothing at this address, or it is not yours to see."]),
        StatusCodes.Status405MethodNotAllowed => (loc["That did not work"],
            loc["This address cannot be used that way. Nothing was changed. Go back and use the buttons of the page."]),
        StatusCodes.Status413PayloadTooLarge => (loc["That did not work"],
            loc["That was more than this page takes. Nothing was changed. Go back, write less and send it again."]),
        StatusCodes.Status415UnsupportedMediaType => (loc["That did not work"],
            loc["The form did not arrive as our page sends it. Nothing was changed. Go back, reload the page and send it again."]),
        StatusCodes.Status429TooManyRequests => (loc["Too many requests"], loc["Wait a minute, then try again."]),
        >= 400 and < 500 => (loc["That did not work"],
            loc["The page was not asked for in a way that it understands. Nothing was changed. Go back, reload the page and try again."]),
        StatusCodes.Status503ServiceUnavailable => (loc["Too many open pages"],
            loc["Too many pages of this app are open with your account or in your network. Close some of them, then load this page again."]),
        _ => (loc["Something went wrong"],
            loc["The fault is ours. What was saved before is safe. Try again; if it keeps happening, tell the person who runs this app."]),
    };
}
