using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Appointments;

/// <summary>What holds for bookings from the public page alone: one active seat per e-mail and slot, and not too many open ones.</summary>
internal static class PublicBooking
{
    /// <summary>Active appointments to come, in one sub-account, under one e-mail.</summary>
    public const int MostOpen = 10;

    public const string TooMany = "There are already many open bookings under this e-mail address. Please contact us to book more.";

    public static async Task<BookingOutcome?> RefuseAsync(BookingScope scope, BookRequest request)
    {
        var email = request.Booker.Email.Trim().ToLowerInvariant();
        if (email.Length == 0)
        {
            return BookingOutcome.Refused(Refusal.Invalid, "Enter your e-mail address: the confirmation goes there.");
        }

        var open = await OpenAsync(scope, email);
        if (open.FirstOrDefault(row => row.CalendarId == request.CalendarId && row.Start == request.Start.ToUniversalTime()) is { } first)
        {
            // Nothing is said to whoever sent this form; the owner of the address gets the first message again.
            scope.Record(EventKind.AppointmentAskedAgain, first);
            return BookingOutcome.Again(first.Id);
        }

        return open.Count < MostOpen
            ? null
            : BookingOutcome.Refused(Refusal.NotOffered, TooMany);
    }

    /// <param name="scope">The transaction.</param>
    /// <param name="email">In lower case.</param>
    public static Task<List<Appointment>> OpenAsync(BookingScope scope, string email) =>
        scope.Db.Appointments
            .Where(row => row.SubAccountId == scope.Actor.SubAccountId && row.Start > scope.Now && row.Booker.Email.ToLower() == email)
            .Where(row => row.Status == AppointmentStatus.New || row.Status == AppointmentStatus.Confirmed)
            .OrderBy(row => row.Start)
            .Take(MostOpen * 10)
            .ToListAsync(scope.Cancel);
}
