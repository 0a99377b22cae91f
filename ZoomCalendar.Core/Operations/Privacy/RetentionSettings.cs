using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>How long a sub-account keeps bookers' data.</summary>
/// <param name="Months">The months after the appointment; null: until an admin or the booker erases them.</param>
public sealed record BookerRetention(int? Months);

/// <summary>Reads and changes how long a sub-account keeps bookers' data. Admins only; a change needs a fresh proof.</summary>
public sealed class RetentionSettings(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    /// <summary>The months to choose from, besides "never".</summary>
    public static IReadOnlyList<int> Choices { get; } = [1, 3, 6, 12, 24, 36, 60];

    /// <summary>Null unless the actor is an admin.</summary>
    public async Task<BookerRetention?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CurrentRoleAsync(actor, cancellationToken) is Role.Admin
            ? await db.SubAccounts.Where(row => row.Id == actor.SubAccountId).Select(row => new BookerRetention(row.BookerDataMonths))
                .SingleAsync(cancellationToken)
            : null;
    }

    /// <param name="months">One of <see cref="Choices"/>, or null for never.</param>
    /// <param name="actor">An admin.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public Task<ChangeOutcome> SaveAsync(int? months, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, async db =>
        {
            if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin and var role)
            {
                return role is null ? ChangeOutcome.NotFound(AccountTexts.NoMember) : ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
            }

            if (await db.LacksProofAsync(actor, now, cancellationToken))
            {
                return ChangeOutcome.ProofNeeded();
            }

            if (months is { } chosen && !Choices.Contains(chosen))
            {
                return ChangeOutcome.Invalid("Choose from the list how long bookers' data are kept.");
            }

            var subAccount = await db.SubAccounts.SingleAsync(row => row.Id == actor.SubAccountId, cancellationToken);
            if (subAccount.BookerDataMonths != months)
            {
                AuditLog.Add(
                    db, AuditKind.RetentionChanged, actor, $"{Text(subAccount.BookerDataMonths)} → {Text(months)}", now);
                subAccount.KeepBookerData(months);
            }

            return ChangeOutcome.Done();
        }, cancellationToken);

    private static string Text(int? months) => months switch { null => "never", 1 => "1 month", _ => $"{months} months" };
}
