using ZoomCalendar.Core.Operations.Privacy;

namespace ZoomCalendar.Web.Components.Pages.Privacy;

/// <summary>Looks every half hour which sub-account's daily sweep of bookers' data is due.</summary>
internal sealed partial class RetentionService(RetentionSweep sweep, TimeProvider clock, ILogger<RetentionService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await sweep.RunAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Old bookers' data could not be erased; trying again in half an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
