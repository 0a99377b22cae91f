using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>Bookings that take an offered seat.</summary>
internal static class SeatOffers
{
    /// <summary>
    /// Removes the entry whose offered seat the booking takes, inside the booking's transaction. Returns the reserved seats to ignore: its
    /// own and those of entries that wait. Null if the seat is no longer reserved.
    /// </summary>
    public static async Task<IReadOnlyList<AppointmentId>?> TakeAsync(BookingScope scope, BookRequest request, WaitingId offer)
    {
        var entries = await scope.Db.WaitingListAsync(request.CalendarId, request.Start.ToUniversalTime(), scope.CancellationToken);
        if (entries.FirstOrDefault(entry => entry.Id == offer) is not { State: WaitingState.Offered } own || own.IsOver(scope.Now))
        {
            return null;
        }

        scope.Db.WaitingEntries.Remove(own);
        return [own.Seat, .. entries.SeatsOfWaiting()];
    }
}
