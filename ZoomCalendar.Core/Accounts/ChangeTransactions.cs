using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>One change of settings: one transaction, in which the actor's role is read as it is now.</summary>
internal static class ChangeTransactions
{
    public static async Task<ChangeOutcome> ChangeAsync(
        this IDbContextFactory<ZoomCalendarContext> contexts, Signals signals, Func<ZoomCalendarContext, Task<ChangeOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await contexts.WriteAsync(
                (db, _) => work(db),
                outcome => outcome.Succeeded,
                // The reconciler wrote the slot meeting in the meantime: the change is told to the fresh row.
                exception => exception is DbUpdateConcurrencyException stale && stale.Entries.All(entry => entry.Entity is IChangedInBackground),
                cancellationToken);
            if (outcome.Succeeded)
            {
                signals.Committed();
            }

            return outcome;
        }
        catch (Exception exception) when (exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception))
        {
            return ChangeOutcome.Changed();
        }
    }

    /// <summary>The actor's role at this moment; null: not a member of the sub-account (any more).</summary>
    public static Task<Role?> CurrentRoleAsync(this ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken) =>
        db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId)
            .Select(row => (Role?)row.Role)
            .SingleOrDefaultAsync(cancellationToken);
}
