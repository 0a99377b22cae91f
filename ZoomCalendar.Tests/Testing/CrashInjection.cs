using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// A process's way to its database, on which it may die: before any statement, before and after any commit. A dead one does nothing any
/// more, whatever its code still tries.
/// </summary>
/// <param name="diesAt">Which step kills it, counted from one.</param>
internal sealed class CrashInjection(int diesAt) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int _steps;

    public bool IsDead => Volatile.Read(ref _steps) >= diesAt;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Live(result);

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Live(result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) => new(Live(result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default) => new(Live(result));

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default) => new(Live(result));

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Live(0);
        return Task.CompletedTask;
    }

    private T Live<T>(T result) => Interlocked.Increment(ref _steps) >= diesAt ? throw new CrashException() : result;
}

internal sealed class CrashException : Exception;
