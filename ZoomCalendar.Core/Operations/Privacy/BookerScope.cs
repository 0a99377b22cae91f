using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>Whose data are exported or erased: a booker of one business, or one appointment of theirs.</summary>
/// <param name="SubAccountId">The business.</param>
/// <param name="Key">The e-mail address in the form in which addresses are compared.</param>
/// <param name="Only">Only this appointment; null: everything of the address.</param>
public sealed record BookerScope(SubAccountId SubAccountId, string Key, AppointmentId? Only)
{
    /// <summary>Everything of the address.</summary>
    public static BookerScope OfAddress(SubAccountId subAccount, string email) => new(subAccount, EmailAddress.Key(email), null);
}
