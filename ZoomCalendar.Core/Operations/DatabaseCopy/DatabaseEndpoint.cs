using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>One of the two databases of a copy, on one unpooled connection. Not thread-safe.</summary>
internal abstract class DatabaseEndpoint(DatabaseOptions database, DbConnection connection) : IAsyncDisposable
{
    public string Name { get; } = DatabaseAddress.Name(database);

    protected DbConnection Connection => connection;

    protected abstract string TableNamesQuery { get; }

    public static DatabaseEndpoint Of(DatabaseOptions database) =>
        database.Provider is DatabaseProvider.Sqlite ? new SqliteEndpoint(database) : new PostgreSqlEndpoint(database);

    /// <summary>Opens the database for reading. It must exist.</summary>
    public abstract Task OpenSourceAsync(CancellationToken cancellationToken);

    /// <summary>Locks the database against all other users until <see cref="ReleaseAsync"/>. Reads see one consistent state.</summary>
    public abstract Task LockAsync(CancellationToken cancellationToken);

    /// <summary>Begins a snapshot: reads see one consistent state while others go on writing.</summary>
    public abstract Task SnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Ends the lock or the snapshot, and commits.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => ExecuteAsync("COMMIT", cancellationToken);

    /// <summary>Opens the database for writing, tuned for bulk inserts. A SQLite file is created.</summary>
    public abstract Task OpenTargetAsync(CancellationToken cancellationToken);

    public abstract ZoomCalendarContext NewContext();

    /// <summary>The rows in key order, without the first <paramref name="skip"/>.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(
        CopiedTable table, long skip, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <summary>Inserts the rows in one transaction with <paramref name="note"/>, the SQL statement of the checkpoint.</summary>
    public abstract Task WriteAsync(CopiedTable table, IReadOnlyList<object?[]> rows, string note, CancellationToken cancellationToken);

    /// <summary>The highest auto-increment value that the database has assigned. 0: none.</summary>
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
            // The connection is closed, which ends the transaction.
        }
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
