using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using ZoomCalendar.Core.Operations.DatabaseCopy;

namespace ZoomCalendar.Tests.Storage.Scale;

/// <summary>What a PostgreSQL database holds and is asked, counted from outside.</summary>
internal sealed class BookingFigures : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _connectionString;
    private readonly string _database;
    private readonly List<IDisposable> _subscriptions = [];
    private int _statements;

    public BookingFigures(string connectionString)
    {
        (_connectionString, _database) = (connectionString, new NpgsqlConnectionStringBuilder(connectionString).Database!);
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Sent by this process through EF Core.</summary>
    public int Statements => _statements;

    /// <summary>Processor time of the server's sessions on this database, as Linux counts it.</summary>
    public TimeSpan ServerTime => TimeSpan.FromMilliseconds(10 * Directory.GetDirectories("/proc").Where(IsSession).Sum(Ticks));

    public async Task<Dictionary<string, long>> RowsAsync()
    {
        var rows = new Dictionary<string, long>();
        foreach (var table in CopiedTables.All)
        {
            rows[table.Name] = await NumberAsync($"SELECT count(*) FROM {table.QuotedName}");
        }

        return rows;
    }

    /// <summary>Of one row with its share of the indexes: its like, two hundred times over, with other ids.</summary>
    public async Task<long> BytesAsync(string name)
    {
        var table = CopiedTables.All.Single(other => other.Name == name);
        var values = table.Columns.Select(column => column switch
        {
            { Kind: ColumnKind.Guid } => $"CASE WHEN s.\"{column.Name}\" IS NULL THEN NULL ELSE gen_random_uuid() END",
            { Kind: ColumnKind.Long, Name: "Id" or "EventId" } => "row_number() OVER ()",
            _ => $"s.\"{column.Name}\"",
        });
        await ExecuteAsync(
            $"""
             DROP TABLE IF EXISTS sizing;
             CREATE TABLE sizing (LIKE {table.QuotedName} INCLUDING ALL);
             INSERT INTO sizing ({table.ColumnList}) SELECT {string.Join(", ", values)} FROM (SELECT * FROM {table.QuotedName} ORDER BY random() LIMIT 100) s, generate_series(1, 200);
             """);
        var bytes = await NumberAsync("SELECT pg_total_relation_size('sizing') / (SELECT count(*) FROM sizing)");
        await ExecuteAsync("DROP TABLE sizing");
        return bytes;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData executed && executed.Command.Connection?.Database == _database)
        {
            Interlocked.Increment(ref _statements);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    private bool IsSession(string process) => Text($"{process}/cmdline").Contains($" {_database} ", StringComparison.Ordinal);

    // After the name, which may hold spaces: user and system time are the 12th and 13th.
    private static long Ticks(string process) =>
        Text($"{process}/stat").Split(')') is [.., var rest]
            && rest.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 13 } fields
            ? long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)
            : 0;

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
