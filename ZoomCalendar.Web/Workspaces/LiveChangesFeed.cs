using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// Follows the event rows and notifies <see cref="LiveChanges"/>. Commits of this process wake it; events of other processes are found
/// within a second.
/// </summary>
internal sealed partial class LiveChangesFeed(
    IDbContextFactory<ZoomCalendarContext> contexts,
    Signals signals,
    LiveChanges changes,
    TimeProvider clock,
    ILogger<LiveChangesFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // PostgreSQL assigns ids before the commit, so a lower id can appear after a higher one.
    private const int ReadBack = 200;

    private readonly HashSet<long> _seen = [];
    private long? _position;

    /// <summary>Reads the new events and notifies each sub-account once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (_position is not { } position)
        {
            _position = await db.Events.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
            _seen.UnionWith(
                await db.Events.Where(entry => entry.Id > _position - ReadBack).Select(entry => entry.Id).ToListAsync(cancellationToken));
            return;
        }

        var rows = await db.Events.AsNoTracking()
            .Where(entry => entry.Id > position - ReadBack)
            .Select(entry => new { entry.Id, entry.SubAccountId })
            .ToListAsync(cancellationToken);
        List<SubAccountId> changed = [.. rows.Where(row => _seen.Add(row.Id)).Select(row => row.SubAccountId).Distinct()];
        _position = Math.Max(position, rows.Select(row => row.Id).DefaultIfEmpty(position).Max());
        _seen.RemoveWhere(id => id <= _position - ReadBack);
        foreach (var subAccount in changed)
        {
            changes.Notify(subAccount);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = signals.EventsWritten.Next;
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ReadFailed(logger, exception);
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken, Task.Delay(Interval, clock, pause.Token));
            await pause.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Open pages could not be told of changes; trying again in a second")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
