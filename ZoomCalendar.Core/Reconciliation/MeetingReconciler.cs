using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Makes Zoom agree with the database. Accounts are handled concurrently, each by one worker of one process, so that a slow or failing
/// account does not delay others. Thread-safe; one instance per process.
/// </summary>
public sealed partial class MeetingReconciler
{
    internal const int MaxConcurrentAccounts = 512;

    private const string NoAccount = "";
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ReconcilerServices _services;
    private readonly ConcurrentDictionary<string, Task> _running = new();
    private readonly ConcurrentDictionary<string, bool> _rerun = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new();
    private readonly SemaphoreSlim _concurrency = new(MaxConcurrentAccounts);

    public MeetingReconciler(
        IDbContextFactory<ZoomCalendarContext> contexts,
        ZoomClient zoom,
        IAccessTokenProvider tokens,
        Signals signals,
        TimeProvider clock,
        IOptions<ZoomOptions> options,
        ILogger<MeetingReconciler> logger) =>
        _services = new ReconcilerServices(contexts, zoom, tokens, signals, clock, options, logger);

    internal Action<ReconcilerStep> Reached
    {
        set => _services.Reached = value;
    }

    /// <summary>Works until nothing is due and no worker of this process is running.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        while (await StartDueAsync(cancellationToken) > 0 || !_running.IsEmpty)
        {
            if (_running.Values.FirstOrDefault() is { } one)
            {
                // Any one, not all: newly due accounts do not wait for the slowest worker.
                await Task.WhenAny(_running.Values.Append(one)).WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Starts a worker for every account with something due and returns their number without waiting. Costs one query.</summary>
    public async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        var now = _services.Now;
        var due = await _services.Database.ReadAsync(db => DueAsync(db, now, _services.Lease.Owner, cancellationToken), cancellationToken);
        var started = 0;
        foreach (var key in due)
        {
            if (_pausedUntil.TryGetValue(key, out var until) && until > now)
            {
                continue;
            }

            if (_running.ContainsKey(key))
            {
                // The worker may have finished its last look already, so it is asked to look again.
                _rerun[key] = true;
                continue;
            }

            started++;
            var work = new Task<Task>(() => WorkAsync(key, cancellationToken));
            if (_running.TryAdd(key, work.Unwrap()))
            {
                work.Start(TaskScheduler.Default);
            }
        }

        return started;
    }

    /// <summary>Waits for the running workers.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Values);

    private async Task WorkAsync(string key, CancellationToken stopping)
    {
        try
        {
            await _concurrency.WaitAsync(stopping);
            try
            {
                do
                {
                    await new AccountReconciler(_services).WorkAsync(key == NoAccount ? null : key, stopping);
                }
                while (_rerun.TryRemove(key, out _) && !stopping.IsCancellationRequested);
                _pausedUntil.TryRemove(key, out _);
            }
            finally
            {
                _concurrency.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutting down. Unfinished requests are in the database.
        }
        catch (Exception exception)
        {
            // A failing account does not stop the others. It pauses here, and its lease keeps other processes away for a minute.
            _pausedUntil[key] = _services.Now + PauseAfterFailure;
            Log.WorkFailed(_services.Logger, exception);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    /// <summary>
    /// The keys of accounts that have something due, are not paused and are not leased by another process; "" for meetings without an
    /// account.
    /// </summary>
    internal static async Task<List<string>> DueAsync(
        ZoomCalendarContext db, DateTimeOffset now, Guid owner, CancellationToken cancellationToken)
    {
        var lastSweep = now - AccountSweep.Interval;
        var unavailable = db.ZoomAccounts.Where(account => account.BackoffUntil > now
            || (account.WorkLeaseUntil > now && account.WorkLeaseOwner != owner));
        var due = db.SlotMeetings
            .Where(meeting => meeting.NextActionAt <= now && !unavailable.Any(account => account.Key == meeting.ZoomUserKey))
            .Select(meeting => meeting.ZoomUserKey ?? NoAccount);
        var toSweep = db.ZoomAccounts
            .Where(account => account.State == ZoomAccountState.Connected
                && (account.LastSweptAt == null || account.LastSweptAt <= lastSweep))
            .Where(account => !unavailable.Any(other => other.Key == account.Key))
            .Select(account => account.Key);

        return await due.Union(toSweep).ToListAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Work on a Zoom account failed; it rests for a while")]
        public static partial void WorkFailed(ILogger logger, Exception exception);
    }
}
