using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

internal sealed class SqliteEndpoint : DatabaseEndpoint
{
    // The busy time-out in seconds: enough for a short read, too short for a running app.
    private const int BusyTimeoutSeconds = 3;

    private readonly string _connectionString;
    private readonly string _file;

    public SqliteEndpoint(DatabaseOptions database)
        : this(
            database, new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false, DefaultTimeout = BusyTimeoutSeconds })
    {
    }

    private SqliteEndpoint(DatabaseOptions database, SqliteConnectionStringBuilder settings)
        : base(database, new SqliteConnection(settings.ToString())) =>
        (_connectionString, _file) = (settings.ToString(), settings.DataSource);

    protected override string TableNamesQuery => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    public override async Task OpenSourceAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_file))
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.Address, $"There is no file {_file}.");
        }

        await OpenAsync(cancellationToken);
    }

    /// <summary>
    /// Switches off the write-ahead log, which SQLite refuses while another connection has the file open. Then an exclusive transaction
    /// locks out all others.
    /// </summary>
    public override async Task LockAsync(CancellationToken cancellationToken)
    {
        if (await ScalarAsync("PRAGMA journal_mode = DELETE", cancellationToken) is not "delete")
        {
            throw CopyErrors.InUse(Name);
        }

        await ExecuteAsync("BEGIN EXCLUSIVE", cancellationToken);
    }

    public override async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        // The first read starts the snapshot.
        await ExecuteAsync("BEGIN", cancellationToken);
        await ScalarAsync("SELECT count(*) FROM sqlite_master", cancellationToken);
    }

    public override async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        OwnerOnly.CloseDatabase(_connectionString);
        await OpenAsync(cancellationToken);
        await ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;", cancellationToken);
    }

    /// <summary>Writes everything to the one file and removes the write-ahead log.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;", cancellationToken);

    public override ZoomCalendarContext NewContext()
    {
        var builder = new DbContextOptionsBuilder<SqliteContext>();
        StorageRegistration.UseSqlite(builder, _connectionString);
        return new SqliteContext(builder.Options);
    }

    public override Task WriteAsync(CopiedTable table, IReadOnlyList<object?[]> rows, string note, CancellationToken cancellationToken) =>
        InTransactionAsync(
        "BEGIN IMMEDIATE",
        async () =>
        {
            await InsertAsync(table, rows, cancellationToken);
            await ExecuteAsync(note, cancellationToken);
        },
        cancellationToken);

    public override async Task<long> CounterAsync(CopiedTable table, CancellationToken cancellationToken) =>
        await NumberAsync($"SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'", cancellationToken) ?? 0;

    public override Task SetCounterAsync(CopiedTable table, long last, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
         DELETE FROM sqlite_sequence WHERE name = '{table.Name}';
         INSERT INTO sqlite_sequence (name, seq) SELECT '{table.Name}', {last} WHERE {last} > 0;
         """,
        cancellationToken);

    protected override string Skip(long rows) => rows == 0 ? "" : $"LIMIT -1 OFFSET {rows}";

    protected override object Read(DbDataReader reader, int index, ColumnKind kind) => kind switch
    {
        ColumnKind.Guid => reader.GetGuid(index),
        ColumnKind.Instant => new DateTimeOffset(reader.GetInt64(index), TimeSpan.Zero),
        ColumnKind.Date => DateOnly.FromDateTime(reader.GetDateTime(index)),
        ColumnKind.Boolean => reader.GetInt64(index) != 0,
        ColumnKind.Integer => reader.GetInt32(index),
        ColumnKind.Long => reader.GetInt64(index),
        ColumnKind.Bytes => reader.GetFieldValue<byte[]>(index),
        _ => reader.GetString(index),
    };

    private async Task InsertAsync(CopiedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var command = ((SqliteConnection)Connection).CreateCommand();
        var parameters = table.Columns
            .Select((_, index) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" }))
            .ToList();
        command.CommandText = $"INSERT INTO {table.QuotedName} ({table.ColumnList}) VALUES "
            + $"({string.Join(", ", parameters.Select(parameter => parameter.ParameterName))})";
        foreach (var row in rows)
        {
            for (var index = 0; index < row.Length; index++)
            {
                parameters[index].Value = row[index] switch
                {
                    null => DBNull.Value,
                    DateTimeOffset instant => instant.UtcTicks,
                    var value => value,
                };
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
