using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>Ids as text. An invalid id is treated like an unknown one.</summary>
internal static class Ids
{
    public static Guid Read(string? text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;

    public static CalendarId Calendar(string? text) => new(Read(text));

    public static AppointmentId Appointment(string? text) => new(Read(text));

    public static UserId User(string? text) => new(Read(text));

    public static UserId? UserOrNone(string? text) => string.IsNullOrEmpty(text) ? null : User(text);

    public static CalendarId? CalendarOrNone(string? text) => string.IsNullOrEmpty(text) ? null : Calendar(text);
}
