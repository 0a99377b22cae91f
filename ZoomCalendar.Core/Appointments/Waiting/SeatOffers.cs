using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>A booking that takes the seat kept for somebody.</summary>
internal static class SeatOffers
{
    /// <summary>
    /// Inside the booking's transaction: the place in line ends with it, and its seat and those of who merely wait stand in nobody's way.
    /// Null: this seat is no longer kept.
    /// </summary>
    public static async Task<IReadOnlyList<AppointmentId>?> TakeAsync(BookingScope scope, BookRequest request, WaitingId offer)
    {
        var line = await scope.Db.WaitingListAsync(request.CalendarId, request.Start.ToUniversalTime(), scope.CancellationToken);
        if (line.FirstOrDefault(entry => entry.Id == offer) is not { State: WaitingState.Offered } own || own.IsOver(scope.Now))
        {
            return null;
        }

        scope.Db.WaitingEntries.Remove(own);
        return [own.Seat, .. line.SeatsOfWaiting()];
    }
}
