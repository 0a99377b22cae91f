using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Reconciliation;

namespace ZoomCalendar.Web.Connect;

/// <summary>
/// Finishes work that a crash or an outage interrupted, each half minute: tokens to revoke, unanswered questions, connections that end
/// after their deletions, data past its retention.
/// </summary>
internal sealed partial class ConnectionSweepService(
    TokenRevoker revocation,
    PendingConnections pending,
    ConnectAttempts attempts,
    DelayedDisconnects disconnects,
    DeauthorizationHandler deauthorization,
    WebhookInboxProcessor webhooks,
    TimeProvider clock,
    ILogger<ConnectionSweepService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await RunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The app stops.
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            await disconnects.FinishAsync(now, cancellationToken);
            await revocation.SweepAsync(now, cancellationToken);
            await pending.SweepAsync(now, cancellationToken);
            await attempts.SweepAsync(now, cancellationToken);
            await deauthorization.EraseExpiredLinksAsync(now, cancellationToken);
            await webhooks.ForgetOldAsync(now, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The sweep of Zoom connections failed; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
