using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// What connecting and disconnecting mean for the meetings of a Zoom account. Every method works in the caller's transaction and sends nothing.
/// Accounts are named by their <see cref="ZoomAccount.Key"/>.
/// </summary>
public interface IAccountMeetings
{
    /// <summary>Meetings made on this account and unmanaged since it was lost are managed again, waiting deletions too.</summary>
    Task ResumeManagingAsync(ZoomCalendarContext db, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Links that this user's appointments here still wait for are made on this account from now on; null: on none.</summary>
    Task AssignAccountAsync(ZoomCalendarContext db, SubAccountId subAccount, UserId user, string? zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>No connection to the account is left: its links go on working and are no longer managed.</summary>
    Task StopManagingAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken);

    /// <summary>Upcoming Zoom appointments without a slot meeting join their slot's, or open it. There should be none.</summary>
    Task RepairAsync(ZoomCalendarContext db, SubAccountId subAccount, UserId user, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What is held of the Zoom user's meetings is erased; join links stay on active appointments until they are over.</summary>
    Task EraseAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken);

    /// <summary>Forgets the links of erased accounts whose appointments are over.</summary>
    Task EraseExpiredLinksAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The account's key once for each meeting that is still to be deleted in Zoom. Nothing is sent after a slot is over.</summary>
    IQueryable<string?> WaitingDeletions(ZoomCalendarContext db, DateTimeOffset now);

    /// <summary>The upcoming active Zoom appointments that this user hosts here.</summary>
    Task<int> CountUpcomingAsync(ZoomCalendarContext db, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken);
}
