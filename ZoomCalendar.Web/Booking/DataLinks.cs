using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>What a link to a booker's data opens: one appointment, or everything of the address in a business.</summary>
/// <param name="Appointment">The appointment; null: everything.</param>
/// <param name="Everything">The business and the address to which the link was sent; null: one appointment.</param>
internal sealed record DataLink(PersonalLink? Appointment, (SubAccountId SubAccount, string Email)? Everything);

/// <summary>
/// Creates and reads the links to a booker's data. A personal link of an appointment may have been passed on with an invitation: it proves
/// that its holder knows this appointment, so it opens the data of this one. A link to everything is only sent to the address itself.
/// </summary>
internal sealed class DataLinks(SignedTokens tokens)
{
    /// <summary>How long a link to everything is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    private const string OfAppointment = "Data";
    private const string OfAddress = "AllData";

    // As for the other personal links.
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromDays(7);

    public string Make(PersonalLink appointment, DateTimeOffset end) =>
        tokens.Sign(OfAppointment, $"{appointment.Id}|{appointment.Holder}", end + AfterTheEnd);

    public string Make(SubAccountId subAccount, string email, DateTimeOffset now) =>
        tokens.Sign(OfAddress, $"{subAccount}|{email}", now + Lifetime);

    public DataLink? Read(string token, DateTimeOffset now)
    {
        if (tokens.Read(OfAppointment, token, now) is { IsExpired: false } one && one.Data.Split('|', 2) is [var id, var holder]
            && Guid.TryParse(id, out var appointment))
        {
            return new DataLink(new PersonalLink(new AppointmentId(appointment), holder), null);
        }

        return tokens.Read(OfAddress, token, now) is { IsExpired: false } all && all.Data.Split('|', 2) is [var business, var email]
            && Guid.TryParse(business, out var subAccount)
            ? new DataLink(null, (new SubAccountId(subAccount), email))
            : null;
    }
}
