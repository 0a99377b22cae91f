using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Applies connecting and disconnecting to the meetings of a Zoom account. Every method works in the caller's transaction and sends nothing
/// to Zoom. Accounts are identified by <see cref="ZoomAccount.Key"/>.
/// </summary>
public interface IAccountMeetings
{
    /// <summary>Manages the unmanaged meetings of this account again, including pending deletions.</summary>
    Task ResumeManagingAsync(ZoomCalendarContext db, string zoomUserKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Assigns the account to the user's slot meetings in this sub-account that have no link yet. Null: to none.</summary>
    Task AssignAccountAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        string? zoomUserKey,
        DateTimeOffset now,
        CancellationToken cancellationToken);

    /// <summary>Marks the account's meetings as unmanaged after its last connection ended. Their links stay valid.</summary>
    Task StopManagingAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken);

    /// <summary>Adds missing slot meetings to upcoming Zoom appointments. Normally there are none.</summary>
    Task RepairAsync(
        ZoomCalendarContext db,
        SubAccountId subAccount,
        UserId user,
        string zoomUserKey,
        DateTimeOffset now,
        CancellationToken cancellationToken);

    /// <summary>Erases the Zoom data of the account's meetings. Join links stay on active appointments until they are over.</summary>
    Task EraseAsync(ZoomCalendarContext db, string zoomUserKey, CancellationToken cancellationToken);

    /// <summary>Erases the join links of erased accounts whose appointments are over.</summary>
    Task EraseExpiredLinksAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The account keys of all meetings with a pending deletion, one entry for each meeting. Deletions are not sent after the slot's end.
    /// </summary>
    IQueryable<string?> WaitingDeletions(ZoomCalendarContext db, DateTimeOffset now);
}
