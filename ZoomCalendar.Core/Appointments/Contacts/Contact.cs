using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>
/// A person whom a program added before booking. Appointments keep the booker's data as booked; changes of a contact affect later bookings
/// only.
/// </summary>
public sealed class Contact
{
    private Contact()
    {
    }

    public Contact(ContactId id, SubAccountId subAccountId, Booker booker, DateTimeOffset now)
    {
        Id = id;
        SubAccountId = subAccountId;
        CreatedAt = now;
        Booker = booker;
        Change(booker, now);
    }

    public ContactId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public Booker Booker { get; private set; } = default!;

    /// <summary>The address in the form in which contacts are matched; null without an address. Unique per sub-account.</summary>
    public string? NormalizedEmail { get; private set; }

    /// <summary>
    /// Name, address and phone in the form in which contacts are searched, see <see cref="BookingInput.SearchTextOf(Booker)"/>. Computed.
    /// Null in rows of an earlier version until <see cref="NormalizedColumnBackfill"/> has filled them in.
    /// </summary>
    public string? SearchText
    {
        get => BookingInput.SearchTextOf(Booker);
        private init => _ = value;
    }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Replaces the person's data.</summary>
    public void Change(Booker booker, DateTimeOffset now)
    {
        Booker = booker;
        NormalizedEmail = Normalize(booker.Email);
        UpdatedAt = now;
    }

    /// <summary>The form in which contacts' addresses are matched; null for a blank address.</summary>
    public static string? Normalize(string email) => email.Trim().Length == 0 ? null : EmailAddress.UpperKey(email);
}
