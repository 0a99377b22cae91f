using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// A throw-away PostgreSQL server on a loopback port, one for the whole test run. Each test database is a copy of one migrated template.
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Template = "migrated";

    // It ends when its input ends: however this process dies, the server goes with it, and its folder too.
    // If the shell was killed as well, the next run finds what it left. Nothing here must survive a power cut.
    private const string Script =
        """
        stop() { "$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$2"; }
        for old in "$4"/zoomcalendar-pg-*; do
            [ -O "$old/owner" ] && ! kill -0 "$(cat "$old/owner")" 2>/dev/null && stop "$1" "$old"
        done
        dir=$(mktemp -d "$4/zoomcalendar-pg-XXXXXX") && echo $$ >"$dir/owner" || exit 1
        trap 'exit 1' HUP INT TERM
        "$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null &&
        "$1/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-p $2 -k $dir -c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=128MB -c jit=off $3" start >/dev/null </dev/null ||
        { cat "$dir/log" >&2; stop "$1" "$dir"; exit 1; }
        echo "ready $dir $$ $(head -n 1 "$dir/data/postmaster.pid")"
        cat >/dev/null
        stop "$1" "$dir"
        """;

    private const string Careless =
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c "
            + "autovacuum=off -c checkpoint_timeout=1h -c max_wal_size=1GB";

    // In memory where there is room. A database is 600 files, and ext4 keeps the inode of a deleted file unused for five seconds: there,
    // making one took longer than most tests, more the more had been dropped.
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    private static readonly Lazy<Task<PostgreSqlServer>> Started = new(StartAsync);

    private readonly SemaphoreSlim _oneCopyAtATime = new(1, 1);
    private readonly int _port;
    private readonly Process _process;

    private PostgreSqlServer(Process process, int port, string folder, int keeper, int server) =>
        (_process, _port, Folder, Keeper, ServerProcess) = (process, port, folder, keeper, server);

    public string Folder { get; }

    /// <summary>The process id of the shell that ends the server.</summary>
    public int Keeper { get; }

    public int ServerProcess { get; }

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

    /// <summary>A server with nothing in it.</summary>
    public static async Task<PostgreSqlServer> LaunchAsync()
    {
        var port = FreePort();
        var process = Process.Start(StartInfo(port)) ?? throw new InvalidOperationException("The PostgreSQL server could not be started.");
        if ((await process.StandardOutput.ReadLineAsync())?.Split(' ') is not ["ready", var folder, var keeper, var server])
        {
            throw new InvalidOperationException($"The PostgreSQL server did not start: {await process.StandardError.ReadToEndAsync()}");
        }

        return new PostgreSqlServer(process, port, folder, Number(keeper), Number(server));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var server = await LaunchAsync();
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var template = TestDatabase.Open(DatabaseProvider.PostgreSql, server.ConnectionString(Template, pooling: false));
        await new DatabaseMigrator(template).MigrateAsync(CancellationToken.None);
        return server;
    }

    private static ProcessStartInfo StartInfo(int port)
    {
        // PostgreSQL refuses to run as root.
        string[] command =
            ["sh", "-c", Script, "sh", PostgreSqlBinaries.Folder, port.ToString(CultureInfo.InvariantCulture), Careless, ParentFolder()];
        string[] all = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }

    private static string ParentFolder() =>
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Room ? Memory : "/tmp";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

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
