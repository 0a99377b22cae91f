using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Web.Api;

/// <summary>
/// Runs the outgoing webhooks: after each event of this process, after each delivery, and each second for events of other processes
/// and for retries.
/// </summary>
internal sealed partial class WebhookDispatch(
    WebhookReader reader, WebhookSender sender, Signals signals, TimeProvider clock, ILogger<WebhookDispatch> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Housekeeping = TimeSpan.FromHours(1);

    private DateTimeOffset _forgotten;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (written, ended) = (signals.EventsWritten.Next, sender.DeliveryEnded.Next);
            try
            {
                if (!await WorkAsync(stoppingToken))
                {
                    await Task.WhenAny(written, ended, Task.Delay(Tick, clock, stoppingToken));
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
                await Task.WhenAny(Task.Delay(AfterTrouble, clock, stoppingToken));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await sender.DrainAsync();
    }

    /// <returns>Whether more work may be due at once.</returns>
    private async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var more = await reader.ReadAsync(now, cancellationToken);
        var sent = await sender.SendDueAsync(clock.GetUtcNow, cancellationToken);
        if (now - _forgotten > Housekeeping)
        {
            _forgotten = now;
            await sender.CleanUpAsync(now, cancellationToken);
        }

        return more || sent > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Outgoing webhooks could not be read or sent; tried again in a moment")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
