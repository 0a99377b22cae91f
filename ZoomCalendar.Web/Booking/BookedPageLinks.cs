using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// The page after the form. It shows the time, its link and only what was typed into this form: a person who books a
/// seat with an address that already has one sees the same page as for a new booking. Links that change a booking are only in the message.
/// </summary>
internal sealed class BookedPageLinks(SignedTokens tokens)
{
    private const string Purpose = "Booked";

    // Escaping non-ASCII letters would make the address six times as long. Only this app reads the token.
    private static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // As for the personal links.
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromDays(7);

    /// <param name="id">The appointment.</param>
    /// <param name="typed">What was typed into the form.</param>
    /// <param name="start">The time that was chosen: when the appointment has another one, it was moved since.</param>
    /// <param name="end">Its end.</param>
    public string Make(AppointmentId id, Booker typed, DateTimeOffset start, DateTimeOffset end) =>
        tokens.Sign(
            Purpose,
            JsonSerializer.Serialize(new Data(id.Value, typed.Name.Trim(), typed.Email.Trim(), typed.TimeZone, start), Short),
            end + AfterTheEnd);

    /// <returns>The start is null in links of an earlier version.</returns>
    public (AppointmentId Id, Booker Typed, DateTimeOffset? Start)? Read(string token, DateTimeOffset now) =>
        tokens.Read(Purpose, token, now) is { IsExpired: false } read && JsonSerializer.Deserialize<Data>(read.Data) is { } data
            ? (new AppointmentId(data.Id), new Booker { Name = data.Name, Email = data.Email, TimeZone = data.Zone }, data.Start)
            : null;

    private sealed record Data(Guid Id, string Name, string Email, string Zone, DateTimeOffset? Start = null);
}
