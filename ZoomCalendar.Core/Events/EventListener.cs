using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>
/// Listens on its own PostgreSQL connection for events written by other nodes, and wakes this node's readers. Notifications are not stored,
/// so readers also poll each second: a lost connection delays events by a second and loses none.
/// </summary>
public sealed partial class EventListener(
    DatabaseOptions database, Signals signals, TimeProvider clock, ILogger<EventListener> logger) : BackgroundService
{
    public const string Channel = "zoomcalendar_events";
    public const string ApplicationName = "zoomcalendar listener";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Completes when the connection listens to the channel next.</summary>
    public Wakeup Listening { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Lost(logger, exception.GetType().Name);
            }
            catch (Exception)
            {
                return;
            }

            var pause = FirstPause * Math.Pow(2, Math.Min(_failures++, 5));
            await Task.WhenAny(Task.Delay(pause < MaxPause ? pause : MaxPause, clock, stoppingToken));
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        // The connection is not pooled. It uses keep-alives, because a listener sends nothing and would not notice a broken connection.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            KeepAlive = 10,
            ApplicationName = ApplicationName,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        _failures = 0;
        Listening.Wake();
        // Wakes the readers for events written while the connection was down.
        signals.EventsWritten.Wake();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            signals.EventsWritten.Wake();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Not listening for other nodes' events ({Reason}); "
            + "they are found within a second, and it is tried again")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
