using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Serializes the writers of one SQLite file within this process, first in, first out. SQLite itself blocks a thread for each waiting
/// writer and is not fair. Between processes only SQLite's own lock applies. Thread-safe.
/// </summary>
internal static class SqliteWriteQueue
{
    // As long as the busy time-out between processes. Without a limit, a deadlock would stay unnoticed.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Queues = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn and begins a transaction. The commit, rollback or disposal lets the next writer begin.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(
        string file, Func<CancellationToken, Task<IDbContextTransaction>> begin, CancellationToken cancellationToken)
    {
        var queue = Queues.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));
        if (!await queue.WaitAsync(WaitTimeout, cancellationToken))
        {
            throw new TimeoutException("The database is busy: another writer of this process did not finish within 30 s.");
        }

        try
        {
            return new Transaction(await begin(cancellationToken), queue);
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    private sealed class Transaction(IDbContextTransaction inner, SemaphoreSlim queue) : IDbContextTransaction
    {
        private int _isReleased;

        public Guid TransactionId => inner.TransactionId;

        public bool SupportsSavepoints => inner.SupportsSavepoints;

        public void Commit() => End(inner.Commit);

        public Task CommitAsync(CancellationToken cancellationToken = default) => EndAsync(() => inner.CommitAsync(cancellationToken));

        public void Rollback() => End(inner.Rollback);

        public Task RollbackAsync(CancellationToken cancellationToken = default) =>
            EndAsync(() => inner.RollbackAsync(cancellationToken));

        public void CreateSavepoint(string name) => inner.CreateSavepoint(name);

        public Task CreateSavepointAsync(string name, CancellationToken cancellationToken = default) =>
            inner.CreateSavepointAsync(name, cancellationToken);

        public void RollbackToSavepoint(string name) => inner.RollbackToSavepoint(name);

        public Task RollbackToSavepointAsync(string name, CancellationToken cancellationToken = default) =>
            inner.RollbackToSavepointAsync(name, cancellationToken);

        public void Dispose() => End(inner.Dispose);

        public ValueTask DisposeAsync() => new(EndAsync(() => inner.DisposeAsync().AsTask()));

        private void End(Action end)
        {
            try
            {
                end();
            }
            finally
            {
                Release();
            }
        }

        private async Task EndAsync(Func<Task> end)
        {
            try
            {
                await end();
            }
            finally
            {
                Release();
            }
        }

        // Releases the queue at commit or rollback; the transaction may be disposed later.
        private void Release()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                queue.Release();
            }
        }
    }
}
