using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Sends the confirmation again at the request of staff. The event names the address; the reader of events writes the message.
/// </summary>
internal static class SendConfirmationAgain
{
    /// <summary>The limit for one appointment within an hour.</summary>
    public const int MaxPerHour = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Whether a confirmation can be sent: the appointment is active and upcoming, and the booker has an address.</summary>
    public static bool IsPossible(Appointment appointment, DateTimeOffset now) =>
        appointment.IsActive && appointment.Start > now && appointment.Booker.Email.Length > 0;

    public static async Task<BookingOutcome> SendAsync(BookingScope scope, AppointmentId id)
    {
        var (appointment, refused) = await scope.FindForChangeAsync(id, null);
        if (appointment is null)
        {
            return refused!;
        }

        if (!IsPossible(appointment, scope.Now))
        {
            return BookingOutcome.Refused(Refusal.Invalid, WhyNot(appointment));
        }

        var since = scope.Now - Hour;
        var sent = await scope.Db.Events
            .Where(row => row.AppointmentId == id && row.Kind == EventKind.ConfirmationSentAgain && row.At > since)
            .OrderByDescending(row => row.Id).Select(row => row.At)
            .ToListAsync(scope.CancellationToken);
        if (sent.Count > 0 && sent[0] > scope.Now - Pause)
        {
            return BookingOutcome.Refused(
                Refusal.NotOffered, "The confirmation was sent again a moment ago. Wait a minute before you send it once more.");
        }

        if (sent.Count >= MaxPerHour)
        {
            return BookingOutcome.Refused(
                Refusal.NotOffered,
                $"The confirmation was sent again {MaxPerHour} times within an hour. Check the address, and try again later.");
        }

        scope.Record(EventKind.ConfirmationSentAgain, appointment, EventDetails.SentAgain(appointment.Booker.Email));
        return BookingOutcome.Done(id);
    }

    private static string WhyNot(Appointment appointment) => appointment switch
    {
        { IsActive: false } => "This appointment is cancelled, so there is nothing to confirm.",
        { Booker.Email: "" } => "This booker has no email address. Enter one under Edit; the confirmation goes to it.",
        _ => "This appointment has begun, so there is nothing left to confirm.",
    };
}
