using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Contacts;

/// <summary>
/// A booker whom a program introduced before booking. Appointments keep what was known of the booker when they were booked;
/// a contact changed later concerns later bookings.
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

    /// <summary>What the contact is found by; one contact per address and sub-account. Null: no e-mail.</summary>
    public string? NormalizedEmail { get; private set; }

    /// <summary>Name, address and phone as contacts are searched for, see <see cref="BookingInput.SearchTextOf(Booker)"/>. Computed; a row of the version before has none until it is filled in.</summary>
    public string? SearchText
    {
        get => BookingInput.SearchTextOf(Booker);
        private init => _ = value;
    }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Change(Booker booker, DateTimeOffset now)
    {
        Booker = booker;
        NormalizedEmail = Normalize(booker.Email);
        UpdatedAt = now;
    }

    public static string? Normalize(string email) => email.Trim().Length == 0 ? null : EmailAddress.UpperKey(email);
}
