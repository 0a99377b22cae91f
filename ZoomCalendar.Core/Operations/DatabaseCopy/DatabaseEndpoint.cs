using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>One of the two databases of a copy, on one connection of its own that is no part of a pool.</summary>
internal abstract class DatabaseEndpoint(DatabaseOptions database, DbConnection connection) : IAsyncDisposable
{
    public string Name { get; } = DatabaseAddress.Name(database);

    protected DbConnection Connection => connection;

    protected abstract string TableNamesQuery { get; }

    public static DatabaseEndpoint Of(DatabaseOptions database) =>
        database.Provider is DatabaseProvider.Sqlite ? new SqliteEndpoint(database) : new PostgreSqlEndpoint(database);

    /// <summary>To be read from: it has to be there.</summary>
    public abstract Task OpenSourceAsync(CancellationToken cancellationToken);

    /// <summary>Nobody else works on it, and nobody can until <see cref="ReleaseAsync"/>; what is read is one state of it.</summary>
    public abstract Task LockAsync(CancellationToken cancellationToken);

    /// <summary>What is read from now on is one state of it, while others go on working.</summary>
    public abstract Task SnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Ends either, keeping what was changed.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => ExecuteAsync("COMMIT", cancellationToken);

    /// <summary>To be written to: made if it can be, and told to be quick.</summary>
    public abstract Task OpenTargetAsync(CancellationToken cancellationToken);

    public abstract ZoomCalendarContext NewContext();

    /// <summary>The rows from number <paramref name="skip"/> on, in the order of the key.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(CopiedTable table, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT {table.ColumnList} FROM {table.QuotedName} ORDER BY {table.Order} {Skip(skip)}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[table.Columns.Count];
            for (var index = 0; index < row.Length; index++)
            {
                row[index] = await reader.IsDBNullAsync(index, cancellationToken) ? null : Read(reader, index, table.Columns[index].Kind);
            }

            yield return row;
        }
    }

    /// <summary>In one transaction with <paramref name="note"/>, a statement about how far the copy is.</summary>
    public abstract Task WriteAsync(CopiedTable table, IReadOnlyList<object?[]> rows, string note, CancellationToken cancellationToken);

    /// <summary>The highest number the database ever gave out by itself; 0: none.</summary>
    public abstract Task<long> CounterAsync(CopiedTable table, CancellationToken cancellationToken);

    public abstract Task SetCounterAsync(CopiedTable table, long last, CancellationToken cancellationToken);

    public async Task<IReadOnlyList<string>> TableNamesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(TableNamesQuery);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public async Task<long> CountAsync(string quotedTable, CancellationToken cancellationToken) =>
        await NumberAsync($"SELECT count(*) FROM {quotedTable}", cancellationToken) ?? 0;

    public async Task<long?> NumberAsync(string sql, CancellationToken cancellationToken) =>
        await ScalarAsync(sql, cancellationToken) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public virtual ValueTask DisposeAsync() => connection.DisposeAsync();

    protected abstract string Skip(long rows);

    protected abstract object Read(DbDataReader reader, int index, ColumnKind kind);

    protected async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.OfOpening(Name, exception);
        }
    }

    protected async Task InTransactionAsync(string begin, Func<Task> work, CancellationToken cancellationToken)
    {
        await ExecuteAsync(begin, cancellationToken);
        try
        {
            await work();
            await ExecuteAsync("COMMIT", cancellationToken);
        }
        catch
        {
            await TryRollBackAsync();
            throw;
        }
    }

    private async Task TryRollBackAsync()
    {
        try
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or ObjectDisposedException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
