using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking;

/// <summary>
/// Offers freed seats to the next person on the waiting list: at once after a commit of this process, within seconds after one of
/// another process.
/// </summary>
internal sealed class WaitingListService(
    WaitingListProcessor keeper, Signals signals, TimeProvider clock, ILogger<WaitingListService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PollingLoop.RunAsync(
        () => signals.EventsWritten.Next,
        async () =>
        {
            while (await keeper.WorkAsync(clock.GetUtcNow(), stoppingToken))
            {
            }

            return Interval;
        },
        clock,
        logger,
        stoppingToken);
}
