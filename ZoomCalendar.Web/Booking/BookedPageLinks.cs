using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// The page right after the form. It shows the time and its link, and of the booker only what was typed into this form: whoever books a
/// seat under an address that has one already sees the same page as for a new one. What changes a booking is in the message.
/// </summary>
internal sealed class BookedPageLinks(SignedTokens tokens)
{
    private const string Purpose = "Booked";

    // A name in other letters than ASCII would make the address six times as long. Nobody reads it but we.
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
