using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Connections;

/// <summary>Disconnects as soon as this process has sent the last deletion; what another process sent is noticed by the sweep of connections.</summary>
internal sealed partial class DelayedDisconnectService(DelayedDisconnects disconnects, Signals signals, TimeProvider clock, ILogger<DelayedDisconnectService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before looking: a deletion in between is not missed.
            var due = signals.DisconnectsDue.Next;
            try
            {
                await disconnects.FinishAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
            }

            await due.WaitAsync(stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A connection could not be ended after its deletions; the next sweep tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
