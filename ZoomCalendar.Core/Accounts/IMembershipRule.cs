using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// What another room has to say, and to do, when a member loses a role or leaves. All run in the transaction of the change,
/// in the order of the rooms.
/// </summary>
public interface IMembershipRule
{
    /// <summary>Takes the locks that the room needs, before anything is read.</summary>
    Task LockAsync(ZoomCalendarContext db, UserId user, SubAccountId subAccount, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The reason, in a sentence for the admin, why the member cannot leave; null: nothing against it.</summary>
    /// <param name="keepAppointments">The admin chose that upcoming appointments stay with the member.</param>
    Task<string?> WhyNotLeaveAsync(
        ZoomCalendarContext db, UserId user, SubAccountId subAccount, bool keepAppointments, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Removes what the member had here. Saves what it changes.</summary>
    Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

    Task RoleChangedAsync(ZoomCalendarContext db, UserId user, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;
}
