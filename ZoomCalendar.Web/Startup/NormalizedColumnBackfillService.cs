using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Startup;

/// <summary>
/// Runs <see cref="NormalizedColumnBackfill"/>: for upcoming appointments before the app serves, for past ones afterwards, and each hour
/// for rows that nodes of the previous version have written.
/// </summary>
internal sealed partial class NormalizedColumnBackfillService(
    NormalizedColumnBackfill columns, TimeProvider clock, ILogger<NormalizedColumnBackfillService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await columns.FillUpcomingAsync(clock.GetUtcNow(), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await columns.FillAllAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Search columns could not be filled in; trying again in an hour")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
