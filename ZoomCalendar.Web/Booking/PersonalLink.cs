using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>What a personal link opens, and to whom it was given: it ends when the appointment is booked under another address.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Holder">Stands for the e-mail address; empty in links of the version that did not note it.</param>
internal readonly record struct PersonalLink(AppointmentId Id, string Holder)
{
    // A hash in place of the address keeps links short; the token around it is signed.
    public static string HolderOf(string email) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Booker.Normalize(email))), 0, 8);
}
