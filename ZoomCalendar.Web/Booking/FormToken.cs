using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// Replaces a cookie on the booking form: bound to one calendar, valid for two hours, with the submission's one-time id.
/// Sent twice, the form books once.
/// </summary>
internal sealed class FormToken(SignedTokens tokens)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private const string Purpose = "form";

    public string Make(CalendarId calendar, Guid submitId, DateTimeOffset now) =>
        tokens.Sign(Purpose, $"{calendar}|{submitId:N}", now + Life);

    /// <returns>
    /// The submission's id, also of an expired form, so that what it booked is not booked again; null if it is not this calendar's form.
    /// </returns>
    public (Guid SubmitId, bool IsExpired)? Read(string? token, CalendarId calendar, DateTimeOffset now)
    {
        var read = tokens.Read(Purpose, token, now);
        return read?.Data.Split('|') is [var id, var submit] && id == calendar.ToString() && Guid.TryParse(submit, out var submitId)
            ? (submitId, read.IsExpired)
            : null;
    }
}
