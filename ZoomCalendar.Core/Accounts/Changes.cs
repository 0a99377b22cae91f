using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>One change of settings: one transaction, in which the actor's role is read as it is now.</summary>
internal static class Changes
{
    private const int Attempts = 5;

    public static async Task<ChangeOutcome> ChangeAsync(
        this IDbContextFactory<ZoomCalendarContext> contexts, Signals signals, Func<ZoomCalendarContext, Task<ChangeOutcome>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                await using var transaction = await db.BeginWriteAsync(cancellationToken);
                var outcome = await work(db);
                if (!outcome.Succeeded)
                {
                    return outcome;
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                signals.Committed();
                return outcome;
            }
            catch (DbUpdateConcurrencyException exception) when (attempt < Attempts && exception.Entries.All(entry => entry.Entity is SlotMeeting))
            {
                // The reconciler wrote the slot meeting in the meantime: the change is told to the fresh row.
            }
            catch (DbUpdateConcurrencyException)
            {
                return ChangeOutcome.Changed();
            }
            catch (DbUpdateException exception) when (exception.InnerException is System.Data.Common.DbException { IsTransient: true } && attempt < Attempts)
            {
                // A deadlock or a serialization failure: nothing happened, so once more.
            }
            catch (DbUpdateException exception) when (DatabaseErrors.IsUniqueViolation(exception))
            {
                return ChangeOutcome.Changed();
            }
        }
    }

    /// <summary>The actor's role at this moment; null: not a member of the sub-account (any more).</summary>
    public static Task<Role?> RoleNowAsync(this ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken) =>
        db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId)
            .Select(row => (Role?)row.Role)
            .SingleOrDefaultAsync(cancellationToken);

    public static Task<bool> IsConnectedAsync(this ZoomCalendarContext db, SubAccountId subAccount, UserId user, CancellationToken cancellationToken) =>
        db.Connections.AnyAsync(row => row.SubAccountId == subAccount && row.UserId == user, cancellationToken);
}
