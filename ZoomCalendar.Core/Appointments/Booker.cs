namespace ZoomCalendar.Core.Appointments;

/// <summary>The customer, as known on one appointment. Never sent to Zoom, never logged.</summary>
public sealed record Booker
{
    public const int NameMaxLength = 200;
    public const int EmailMaxLength = Accounts.EmailAddress.MaxLength;
    public const int PhoneMaxLength = 40;

    public required string Name { get; init; }

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>IANA id; messages to the booker tell the time in it.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Whether two addresses reach the same person: see <see cref="Accounts.EmailAddress"/>.</summary>
    public static bool IsSameAddress(string one, string other) => Normalize(one) == Normalize(other);

    /// <summary>An address as it is compared.</summary>
    public static string Normalize(string email) => Accounts.EmailAddress.Key(email);
}
