using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

internal sealed class PostgreSqlEndpoint : DatabaseEndpoint
{
    // Allows one copy at a time into a database. The key is arbitrary.
    private const long OneCopy = 7163540192;

    // The number of checks for other sessions, 100 ms apart.
    private const int MaxSessionChecks = 30;

    private readonly string _connectionString;

    public PostgreSqlEndpoint(DatabaseOptions database)
        : this(database, UnpooledConnectionString(database))
    {
    }

    private PostgreSqlEndpoint(DatabaseOptions database, string connectionString)
        : base(database, new NpgsqlConnection(connectionString)) => _connectionString = connectionString;

    protected override string TableNamesQuery =>
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";

    public override Task OpenSourceAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public override async Task LockAsync(CancellationToken cancellationToken)
    {
        for (var look = 0; await CountOtherSessionsAsync(cancellationToken) > 0; look++)
        {
            if (look == MaxSessionChecks)
            {
                throw CopyErrors.InUse(Name);
            }

            // A session that has just ended is still listed for a moment.
            await ScalarAsync("SELECT pg_sleep(0.1)", cancellationToken);
        }

        // The locks are taken before the snapshot, so nothing can be written in between or by an app that starts later.
        await ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ", cancellationToken);
        await ExecuteAsync(
            $"LOCK TABLE {string.Join(", ", CopiedTables.All.Select(table => table.QuotedName))} IN EXCLUSIVE MODE NOWAIT",
            cancellationToken);
    }

    public override async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);
        await ScalarAsync("SELECT count(*) FROM pg_class", cancellationToken);
    }

    public override async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        if (await ScalarAsync($"SELECT pg_try_advisory_lock({OneCopy})", cancellationToken) is not true)
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.InUse, $"Another copy into {Name} is under way.");
        }
    }

    public override ZoomCalendarContext NewContext() =>
        new PostgreSqlContext(new DbContextOptionsBuilder<PostgreSqlContext>().UseNpgsql(_connectionString).Options);

    public override Task WriteAsync(CopiedTable table, IReadOnlyList<object?[]> rows, string note, CancellationToken cancellationToken) =>
        InTransactionAsync(
        "BEGIN",
        async () =>
        {
            await CopyAsync(table, rows, cancellationToken);
            await ExecuteAsync(note, cancellationToken);
        },
        cancellationToken);

    public override async Task<long> CounterAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var sequence = await ScalarAsync($"SELECT {Sequence(table)}", cancellationToken);
        return await NumberAsync(
            $"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}", cancellationToken) ?? 0;
    }

    public override Task SetCounterAsync(CopiedTable table, long last, CancellationToken cancellationToken) =>
        ExecuteAsync($"SELECT setval({Sequence(table)}, {Math.Max(last, 1)}, {(last > 0 ? "true" : "false")})", cancellationToken);

    protected override string Skip(long rows) => rows == 0 ? "" : $"OFFSET {rows}";

    protected override object Read(DbDataReader reader, int index, ColumnKind kind) => kind switch
    {
        ColumnKind.Guid => reader.GetGuid(index),
        ColumnKind.Instant => reader.GetFieldValue<DateTimeOffset>(index),
        ColumnKind.Date => reader.GetFieldValue<DateOnly>(index),
        ColumnKind.Boolean => reader.GetBoolean(index),
        ColumnKind.Integer => reader.GetInt32(index),
        ColumnKind.Long => reader.GetInt64(index),
        ColumnKind.Bytes => reader.GetFieldValue<byte[]>(index),
        _ => reader.GetString(index),
    };

    private static string UnpooledConnectionString(DatabaseOptions database) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            CommandTimeout = 0,
            ApplicationName = "zoomcalendar copy",
        }.ToString();

    private static string Sequence(CopiedTable table) => $"pg_get_serial_sequence('{table.QuotedName}', '{table.Counter}')";

    private static NpgsqlDbType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Guid => NpgsqlDbType.Uuid,
        ColumnKind.Instant => NpgsqlDbType.TimestampTz,
        ColumnKind.Date => NpgsqlDbType.Date,
        ColumnKind.Boolean => NpgsqlDbType.Boolean,
        ColumnKind.Integer => NpgsqlDbType.Integer,
        ColumnKind.Long => NpgsqlDbType.Bigint,
        ColumnKind.Bytes => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };

    private async Task<long> CountOtherSessionsAsync(CancellationToken cancellationToken) => await NumberAsync(
        "SELECT count(*) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        cancellationToken) ?? 0;

    private async Task CopyAsync(CopiedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var import = await ((NpgsqlConnection)Connection).BeginBinaryImportAsync(
            $"COPY {table.QuotedName} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            for (var index = 0; index < row.Length; index++)
            {
                if (row[index] is { } value)
                {
                    await import.WriteAsync(value, TypeOf(table.Columns[index].Kind), cancellationToken);
                }
                else
                {
                    await import.WriteNullAsync(cancellationToken);
                }
            }
        }

        await import.CompleteAsync(cancellationToken);
    }
}
