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

    public string Make(AppointmentId id, Booker typed, DateTimeOffset end) =>
        tokens.Sign(
            Purpose,
            JsonSerializer.Serialize(new Data(id.Value, typed.Name.Trim(), typed.Email.Trim(), typed.TimeZone), Short),
            end + AfterTheEnd);

    public (AppointmentId Id, Booker Typed)? Read(string token, DateTimeOffset now) =>
        tokens.Read(Purpose, token, now) is { IsExpired: false } read && JsonSerializer.Deserialize<Data>(read.Data) is { } data
            ? (new AppointmentId(data.Id), new Booker { Name = data.Name, Email = data.Email, TimeZone = data.Zone })
            : null;

    private sealed record Data(Guid Id, string Name, string Email, string Zone);
}
