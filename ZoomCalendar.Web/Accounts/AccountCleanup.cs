using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Deletes expired sessions, counters, registrations and entries of the audit log, once an hour.</summary>
internal sealed partial class AccountCleanup(
    IDbContextFactory<ZoomCalendarContext> contexts,
    Sessions sessions,
    AttemptCounters attempts,
    AuditRetention audit,
    TimeProvider clock,
    ILogger<AccountCleanup> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await sessions.RemoveExpiredAsync(now, cancellationToken);
        await attempts.RemoveExpiredAsync(now, cancellationToken);
        while (await audit.RemoveOldAsync(now, cancellationToken) > 0)
        {
        }

        var oldest = now - AccountRequest.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AccountRequests.Where(row => row.CreatedAt <= oldest).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await RunAsync(clock.GetUtcNow(), stoppingToken);
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
        [LoggerMessage(Level = LogLevel.Error, Message = "Expired sessions could not be deleted; trying again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
