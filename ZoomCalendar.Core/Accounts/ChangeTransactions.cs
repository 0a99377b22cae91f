using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Changes of settings. Each is one transaction, which reads the actor's current role.</summary>
internal static class ChangeTransactions
{
    /// <summary>
    /// Runs a change in a transaction, commits it if it succeeded, and wakes the readers of events. A concurrent change by another user is
    /// refused as <see cref="Refusal.Changed"/>.
    /// </summary>
    public static async Task<ChangeOutcome> ChangeAsync(
        this IDbContextFactory<ZoomCalendarContext> contexts,
        Signals signals,
        Func<ZoomCalendarContext, Task<ChangeOutcome>> work,
        CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await contexts.WriteAsync(
                (db, _) => work(db),
                outcome => outcome.Succeeded,
                // The reconciler changed the slot meeting in the meantime, so the change is applied to the new row.
                exception => exception is DbUpdateConcurrencyException stale
                    && stale.Entries.All(entry => entry.Entity is IChangedInBackground),
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

    /// <summary>Reads the actor's current role. Null: not a member of the sub-account.</summary>
    public static Task<Role?> CurrentRoleAsync(this ZoomCalendarContext db, Actor actor, CancellationToken cancellationToken) =>
        db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId)
            .Select(row => (Role?)row.Role)
            .SingleOrDefaultAsync(cancellationToken);
}
