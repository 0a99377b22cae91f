using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Connections;

/// <summary>
/// Runs delayed disconnects when this process has sent the last deletion. The connection sweep covers deletions that other processes sent.
/// </summary>
internal sealed partial class DelayedDisconnectService(
    DelayedDisconnects disconnects, Signals signals, TimeProvider clock, ILogger<DelayedDisconnectService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the check, so that no signal in between is missed.
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
