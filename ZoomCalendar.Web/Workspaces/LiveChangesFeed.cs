using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>Follows the event rows from a position of its own and tells <see cref="LiveChanges"/>. Woken after commits here; other processes' events are found within a second.</summary>
internal sealed partial class LiveChangesFeed(
    IDbContextFactory<ZoomCalendarContext> contexts, Signals signals, LiveChanges changes, TimeProvider clock, ILogger<LiveChangesFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // On PostgreSQL ids are drawn before the commit: a lower one may appear after a higher one.
    private const int LateReach = 200;

    private readonly HashSet<long> _seen = [];
    private long? _position;

    /// <summary>Looks once; tells each sub-account once, however many events it has.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (_position is not { } position)
        {
            _position = await db.Events.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
            _seen.UnionWith(await db.Events.Where(entry => entry.Id > _position - LateReach).Select(entry => entry.Id).ToListAsync(cancellationToken));
            return;
        }

        var rows = await db.Events.AsNoTracking()
            .Where(entry => entry.Id > position - LateReach)
            .Select(entry => new { entry.Id, entry.SubAccountId })
            .ToListAsync(cancellationToken);
        List<SubAccountId> told = [.. rows.Where(row => _seen.Add(row.Id)).Select(row => row.SubAccountId).Distinct()];
        _position = Math.Max(position, rows.Select(row => row.Id).DefaultIfEmpty(position).Max());
        _seen.RemoveWhere(id => id <= _position - LateReach);
        foreach (var subAccount in told)
        {
            changes.Tell(subAccount);
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
