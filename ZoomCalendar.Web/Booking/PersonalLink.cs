using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>The appointment of a personal link and its holder. The link ends when the appointment gets another address.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Holder">A hash of the e-mail address. Empty in links of an earlier version.</param>
internal readonly record struct PersonalLink(AppointmentId Id, string Holder)
{
    // A hash in place of the address keeps links short; the token around it is signed.
    public static string HolderOf(string email) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Booker.Normalize(email))), 0, 8);
}
