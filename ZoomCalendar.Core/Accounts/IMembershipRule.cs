using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Lets another room react when a member changes role or leaves. All rules run in the transaction of the change, in the order of the rooms.
/// </summary>
public interface IMembershipRule
{
    /// <summary>Takes the row locks that the room needs, before anything is read.</summary>
    Task LockAsync(ZoomCalendarContext db, UserId user, SubAccountId subAccount, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Why the member cannot leave, in a sentence for the admin. Null: they can.</summary>
    /// <param name="keepAppointments">True if upcoming appointments may stay with the member.</param>
    Task<string?> WhyNotLeaveAsync(
        ZoomCalendarContext db,
        UserId user,
        SubAccountId subAccount,
        bool keepAppointments,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Removes the member's data of this room, and saves the changes.</summary>
    Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    Task RoleChangedAsync(
        ZoomCalendarContext db, UserId user, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
