using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>
/// The app on one of the databases, started when the first test asks for it: a class whose tests are skipped starts none.
/// </summary>
public abstract class HttpRaceHost : IAsyncLifetime
{
    private readonly Lazy<Task<ApiHost>> _started;
    private string? _connectionString;

    private protected HttpRaceHost(DatabaseProvider provider) => _started = new(() => StartAsync(provider));

    public Task<ApiHost> StartedAsync() => _started.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            await (await _started.Value).DisposeAsync();
        }

        if (_connectionString is not null)
        {
            await (await PostgreSqlServer.SharedAsync()).DropAsync(_connectionString);
        }
    }

    private async Task<ApiHost> StartAsync(DatabaseProvider provider)
    {
        _connectionString = provider is DatabaseProvider.PostgreSql
            ? await (await PostgreSqlServer.SharedAsync()).NewDatabaseAsync()
            : null;
        var host = new ApiHost(builder =>
        {
            if (_connectionString is not null)
            {
                builder.UseSetting("Database:Provider", "PostgreSql").UseSetting("ConnectionStrings:ZoomCalendar", _connectionString);
            }
        });
        await host.InitializeAsync();
        return host;
    }
}

public sealed class SqliteHttpRaceHost() : HttpRaceHost(DatabaseProvider.Sqlite);

public sealed class PostgreSqlHttpRaceHost() : HttpRaceHost(DatabaseProvider.PostgreSql);
