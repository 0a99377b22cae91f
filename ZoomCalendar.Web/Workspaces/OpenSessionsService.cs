using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Ends the pages of sessions that have ended, in whichever process: after two checks, that is, within five seconds. One query for all open
/// pages.
/// </summary>
internal sealed partial class OpenSessionsService(
    OpenSessions open, Sessions sessions, TimeProvider clock, ILogger<OpenSessionsService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private HashSet<SessionId> _missing = [];

    /// <summary>
    /// Notifies the pages of sessions that were missing at the last check too. A changed password replaces the session of its browser:
    /// until the new cookie is there, the browser's other pages would be sent to the sign-in page. They can do nothing in the meantime,
    /// because every event is checked.
    /// </summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var ids = open.Ids;
        var live = ids.Count == 0 ? ids : await sessions.KeepAsync(ids, clock.GetUtcNow(), cancellationToken);
        var missing = ids.Except(live).ToHashSet();
        foreach (var ended in missing.Intersect(_missing))
        {
            open.NotifyEnded(ended);
        }

        _missing = missing;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.CheckFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Ended sessions could not be read; trying again in two seconds")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
