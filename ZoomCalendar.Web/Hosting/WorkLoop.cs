namespace ZoomCalendar.Web.Hosting;

internal static partial class WorkLoop
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Works, then waits for the wake-up or as long as the work says.</summary>
    public static async Task RunAsync(Func<Task> wakeup, Func<Task<TimeSpan>> work, TimeProvider clock, ILogger logger, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the work, so that nothing written during it is missed.
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
