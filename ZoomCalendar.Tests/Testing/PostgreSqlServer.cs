using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// A throw-away PostgreSQL server on a loopback port, one for the whole test run. Each test database is a copy of one migrated template.
/// </summary>
internal sealed class PostgreSqlServer
{
    private const string Template = "migrated";

    // It ends when its input ends: however this process dies, the server goes with it, and its folder too.
    private const string Script =
        """
        dir=$(mktemp -d /tmp/zoomcalendar-pg-XXXXXX) || exit 1
        stop() { "$1/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$dir"; }
        trap 'exit 1' HUP INT TERM
        "$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null &&
        "$1/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-p $2 -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 -c shared_buffers=64MB" start >/dev/null </dev/null ||
        { cat "$dir/log" >&2; stop "$1"; exit 1; }
        echo ready
        cat >/dev/null
        stop "$1"
        """;

    private static readonly Lazy<Task<PostgreSqlServer>> Started = new(StartAsync);

    private readonly SemaphoreSlim _oneCopyAtATime = new(1, 1);
    private readonly int _port;
    private readonly Process _process;

    private PostgreSqlServer(Process process, int port) => (_process, _port) = (process, port);

    public static Task<PostgreSqlServer> SharedAsync() => Started.Value;

    /// <returns>The connection string of a fresh database with the present schema.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        ObjectDisposedException.ThrowIf(_process.HasExited, this);
        var name = $"test_{Guid.NewGuid():N}";
        await _oneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            _oneCopyAtATime.Release();
        }

        return ConnectionString(name);
    }

    /// <returns>The connection string of a database without a table.</returns>
    public async Task<string> NewEmptyDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public async Task DropAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var port = FreePort();
        var process = Process.Start(StartInfo(port)) ?? throw new InvalidOperationException("The PostgreSQL server could not be started.");
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException($"The PostgreSQL server did not start: {await process.StandardError.ReadToEndAsync()}");
        }

        var server = new PostgreSqlServer(process, port);
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var template = TestDatabase.Open(DatabaseProvider.PostgreSql, server.ConnectionString(Template, pooling: false));
        await new DatabaseMigrator(template).MigrateAsync(CancellationToken.None);
        return server;
    }

    private static ProcessStartInfo StartInfo(int port)
    {
        // PostgreSQL refuses to run as root.
        string[] command = ["sh", "-c", Script, "sh", PostgreSqlBinaries.Folder, port.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = database,
        Username = "postgres",
        Pooling = pooling,
        MaxPoolSize = 40,
    }.ToString();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
