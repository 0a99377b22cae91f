using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Limits of bookings from the public page: one active seat per address and slot, and a number of upcoming bookings per address.
/// </summary>
internal static class PublicBookingLimits
{
    /// <summary>The upcoming active appointments allowed per address in one sub-account.</summary>
    public const int MaxOpen = 10;

    public static readonly PublicSentence TooMany = new(
        "There are already many open bookings under this email address. Please contact us to book more.");

    /// <returns>The refusal, or the seat that this address already has; both null if the booking is within the limits.</returns>
    public static async Task<(BookingOutcome? Refused, Appointment? Seat)> CheckAsync(BookingScope scope, BookRequest request)
    {
        var email = EmailAddress.Key(request.Booker.Email);
        if (email.Length == 0)
        {
            return (BookingOutcome.Refused(
                Refusal.Invalid, new PublicSentence("Enter your email address. The confirmation is sent to it.")), null);
        }

        var open = await UpcomingAsync(scope, email);
        var seat = open.FirstOrDefault(row => row.CalendarId == request.CalendarId && row.Start == request.Start.ToUniversalTime()
            && (request.HostId is null || row.HostId == request.HostId));
        return (seat is null && open.Count >= MaxOpen ? BookingOutcome.Refused(Refusal.NotOffered, TooMany) : null, seat);
    }

    /// <summary>The upcoming active appointments of an address.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="email">The address as <see cref="EmailAddress.Key"/> returns it.</param>
    public static Task<List<Appointment>> UpcomingAsync(BookingScope scope, string email)
    {
        var upcoming = scope.Db.Appointments
            .Where(row => row.SubAccountId == scope.Actor.SubAccountId && row.Start > scope.Now)
            .Where(row => row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed);
        // Each part reads its own range of the index by address and start. As one condition with "or" it would be the range of everybody.
        return upcoming.Where(row => row.NormalizedEmail == email)
            // Rows written by an earlier version have no normalized address until they are filled in.
            .Concat(upcoming.Where(row => row.NormalizedEmail == null && row.Booker.Email == email))
            .OrderBy(row => row.Start)
            .Take(MaxOpen * 10)
            .ToListAsync(scope.CancellationToken);
    }
}
