using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// This process's writers of one SQLite file, one at a time and in the order they came. SQLite alone would let each of them block
/// a thread while it waits, and lets newcomers overtake; between processes that is still how it is.
/// </summary>
internal static class SqliteWriteQueue
{
    // As long as SQLite itself waits for another process. A wait without end would be a deadlock that nobody sees.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    public static async Task<IDbContextTransaction> BeginAsync(
        string file, Func<CancellationToken, Task<IDbContextTransaction>> begin, CancellationToken cancellationToken)
    {
        var gate = Gates.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));
        if (!await gate.WaitAsync(Patience, cancellationToken))
        {
            throw new TimeoutException("The database is busy: another writer of this process did not finish within 30 s.");
        }

        try
        {
            return new Transaction(await begin(cancellationToken), gate);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private sealed class Transaction(IDbContextTransaction inner, SemaphoreSlim gate) : IDbContextTransaction
    {
        private int _isThrough;

        public Guid TransactionId => inner.TransactionId;

        public bool SupportsSavepoints => inner.SupportsSavepoints;

        public void Commit() => Leave(inner.Commit);

        public Task CommitAsync(CancellationToken cancellationToken = default) => LeaveAsync(() => inner.CommitAsync(cancellationToken));

        public void Rollback() => Leave(inner.Rollback);

        public Task RollbackAsync(CancellationToken cancellationToken = default) => LeaveAsync(() => inner.RollbackAsync(cancellationToken));

        public void CreateSavepoint(string name) => inner.CreateSavepoint(name);

        public Task CreateSavepointAsync(string name, CancellationToken cancellationToken = default) => inner.CreateSavepointAsync(name, cancellationToken);

        public void RollbackToSavepoint(string name) => inner.RollbackToSavepoint(name);

        public Task RollbackToSavepointAsync(string name, CancellationToken cancellationToken = default) => inner.RollbackToSavepointAsync(name, cancellationToken);

        public void Dispose() => Leave(inner.Dispose);

        public ValueTask DisposeAsync() => new(LeaveAsync(() => inner.DisposeAsync().AsTask()));

        private void Leave(Action end)
        {
            try
            {
                end();
            }
            finally
            {
                Open();
            }
        }

        private async Task LeaveAsync(Func<Task> end)
        {
            try
            {
                await end();
            }
            finally
            {
                Open();
            }
        }

        // The next writer may begin as soon as this one has committed, not when somebody gets round to disposing it.
        private void Open()
        {
            if (Interlocked.Exchange(ref _isThrough, 1) == 0)
            {
                gate.Release();
            }
        }
    }
}
