namespace ZoomCalendar.Core.Appointments;

/// <summary>The customer of one appointment. Never sent to Zoom and never logged.</summary>
public sealed record Booker
{
    public const int NameMaxLength = 200;
    public const int EmailMaxLength = Accounts.EmailAddress.MaxLength;
    public const int PhoneMaxLength = 40;

    /// <summary>Stands in the place of a name that was erased.</summary>
    public const string ErasedName = "Erased booker";

    public required string Name { get; init; }

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>The time zone of messages to the booker, an IANA id.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Whether two addresses belong to the same person, see <see cref="Accounts.EmailAddress"/>.</summary>
    public static bool IsSameAddress(string one, string other) => Normalize(one) == Normalize(other);

    /// <summary>The form in which addresses are compared.</summary>
    public static string Normalize(string email) => Accounts.EmailAddress.Key(email);
}
