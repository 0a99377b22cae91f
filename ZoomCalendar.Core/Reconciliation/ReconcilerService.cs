using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Runs the reconciler after each booking of this process, and every second for due times and for other processes' bookings.
/// </summary>
internal sealed partial class ReconcilerService(
    MeetingReconciler reconciler,
    ReconcilerHeartbeat heartbeat,
    Signals signals,
    TimeProvider clock,
    ILogger<ReconcilerService> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the search, so that a booking during it is not missed.
            var booked = signals.MeetingsDue.Next;
            try
            {
                await reconciler.StartDueAsync(stoppingToken);
                heartbeat.Beat(clock.GetUtcNow());
                await Task.WhenAny(booked, Task.Delay(Tick, clock, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
                await Task.WhenAny(Task.Delay(Tick, clock, stoppingToken));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await reconciler.DrainAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The reconciler could not look for due meetings")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
