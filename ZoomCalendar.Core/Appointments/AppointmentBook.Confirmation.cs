using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <content>Sending the confirmation again.</content>
public sealed partial class AppointmentBook
{
    /// <summary>Sends the confirmation to the booker's present address again, at most once a minute and three times an hour.</summary>
    public Task<BookingOutcome> SendConfirmationAgainAsync(
        AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => SendConfirmationAgain.SendAsync(scope, id), cancellationToken);
}
