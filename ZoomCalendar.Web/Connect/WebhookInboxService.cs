using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Reconciliation;

namespace ZoomCalendar.Web.Connect;

/// <summary>Handles the webhook inbox: at once when this process received a webhook, else every few seconds.</summary>
internal sealed partial class WebhookInboxService(
    WebhookInbox inbox, WebhookInboxProcessor work, TimeProvider clock, ILogger<WebhookInboxService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the work, so that a webhook that arrives meanwhile starts another pass.
            var arrived = inbox.Arrived.Next;
            await RunAsync(stoppingToken);
            if (await Task.WhenAny(arrived, tick) == tick)
            {
                if (tick.IsCanceled || !await tick)
                {
                    return;
                }

                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await work.RunAsync(clock.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The app stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The webhook inbox could not be worked through; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
