namespace ZoomCalendar.Web.Hosting;

/// <summary>The loop of the background services that process queues.</summary>
internal static partial class PollingLoop
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs the work, then waits for a wake-up or for the time that the work returned. An exception is logged and the work is repeated.
    /// </summary>
    public static async Task RunAsync(
        Func<Task> wakeup, Func<Task<TimeSpan>> work, TimeProvider clock, ILogger logger, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the work, so that changes during the work are not missed.
            var woken = wakeup();
            TimeSpan pause;
            try
            {
                pause = await work();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
                pause = AfterFailure;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken, Task.Delay(pause, clock, stop.Token));
            await stop.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Messages could not be worked on; trying again in a few seconds")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
