using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>
/// Hears, on a connection of its own, that some node has written events, and wakes this one's readers. PostgreSQL forgets what nobody listened to:
/// readers look each second as well, so a lost connection costs a second and never a fact.
/// </summary>
public sealed partial class EventListener(DatabaseOptions database, Signals signals, TimeProvider clock, ILogger<EventListener> logger) : BackgroundService
{
    public const string Channel = "zoomcalendar_events";
    public const string ApplicationName = "zoomcalendar listener";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Completes at the next time that the channel is being listened to.</summary>
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
        // Out of the pool, and asked now and then whether it still stands: a listener never speaks, so it would not notice.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 10, ApplicationName = ApplicationName };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        _failures = 0;
        Listening.Wake();
        // What was written while nobody listened.
        signals.EventsWritten.Wake();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            signals.EventsWritten.Wake();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Not listening for other nodes' events ({Reason}); they are found within a second, and it is tried again")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
