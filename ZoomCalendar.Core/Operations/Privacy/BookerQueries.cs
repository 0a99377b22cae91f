using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

internal static class BookerQueries
{
    /// <summary>The appointments under the scope's address, whose booker is not erased.</summary>
    public static IQueryable<Appointment> BookedUnder(this ZoomCalendarContext db, BookerScope scope)
    {
        var (subAccount, key, only) = (scope.SubAccountId, scope.Key, scope.Only);
        var rows = db.Appointments.Where(row => row.SubAccountId == subAccount && row.NormalizedEmail == key && row.ErasedAt == null);
        return only is null ? rows : rows.Where(row => row.Id == only);
    }

    /// <summary>The entries of appointments' histories that name the scope's address, the oldest first.</summary>
    public static async Task<IReadOnlyList<NamingEvent>> EventsNamingAsync(
        this ZoomCalendarContext db, BookerScope scope, CancellationToken cancellationToken)
    {
        var (subAccount, only) = (scope.SubAccountId, scope.Only);
        var events = await db.Events
            .Where(row => row.SubAccountId == subAccount
                && (row.Kind == EventKind.BookerChanged || row.Kind == EventKind.ConfirmationSentAgain) && row.Detail != "")
            .Where(row => only == null || row.AppointmentId == only)
            .OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.At, row.Kind, row.AppointmentId, row.Detail }).ToListAsync(cancellationToken);
        // Addresses are compared as .NET does, not as the database does.
        return
        [
            .. events.Where(row => row.AppointmentId is not null
                && EventDetails.AddressesIn(row.Detail).Any(address => EmailAddress.Key(address) == scope.Key))
                .Select(row => new NamingEvent(row.Id, row.At, row.Kind, row.AppointmentId!.Value)),
        ];
    }
}

/// <summary>An entry of an appointment's history that names an address: the booker's, or the one that was replaced.</summary>
internal sealed record NamingEvent(long Id, DateTimeOffset At, EventKind Kind, AppointmentId AppointmentId);
