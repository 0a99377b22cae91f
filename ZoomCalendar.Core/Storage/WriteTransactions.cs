using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>The one way to write: a use case is one transaction. Each room adds the row locks that its use cases need.</summary>
public static class WriteTransactions
{
    private const int MaxAttempts = 5;

    /// <summary>Begins a transaction that may write from its first statement on. On SQLite it waits up to 30 s for other writers.</summary>
    /// <exception cref="TimeoutException">SQLite: another writer of this process did not finish within 30 s.</exception>
    public static Task<IDbContextTransaction> BeginWriteAsync(this ZoomCalendarContext db, CancellationToken cancellationToken) =>
        db.Database.IsSqlite()
            ? SqliteWriteQueue.BeginAsync(db.Database.GetDbConnection().DataSource, db.Database.BeginTransactionAsync, cancellationToken)
            : db.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a transaction and always commits it. Any concurrency conflict starts it again.</summary>
    internal static Task<T> WriteAsync<T>(
        this IDbContextFactory<ZoomCalendarContext> contexts,
        Func<ZoomCalendarContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            work,
            _ => true,
            exception => exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception),
            cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a transaction. A conflict starts it again with a new context, at most five times.</summary>
    /// <param name="contexts">Creates one context for each attempt.</param>
    /// <param name="work">Tracked changes are saved when it returns.</param>
    /// <param name="isCommitted">False rolls the transaction back: a refusal must leave nothing behind.</param>
    /// <param name="isRetried">The conflicts to retry, besides the transactions that the database aborted.</param>
    /// <param name="cancellationToken">Cancels the attempts.</param>
    internal static async Task<T> WriteAsync<T>(
        this IDbContextFactory<ZoomCalendarContext> contexts,
        Func<ZoomCalendarContext, CancellationToken, Task<T>> work,
        Func<T, bool> isCommitted,
        Func<Exception, bool> isRetried,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                return await db.WriteOnceAsync(() => work(db, cancellationToken), isCommitted, cancellationToken);
            }
            catch (Exception exception) when (
                attempt < MaxAttempts && (isRetried(exception) || DatabaseErrors.IsTransactionAborted(exception)))
            {
            }
        }
    }

    /// <summary>Runs <paramref name="work"/> in a transaction once, without retries.</summary>
    internal static async Task<T> WriteOnceAsync<T>(
        this ZoomCalendarContext db, Func<Task<T>> work, Func<T, bool> isCommitted, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var result = await work();
        if (isCommitted(result))
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}
