using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Operations.Telemetry;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Startup.Telemetry;

/// <summary>
/// Reads queue lengths and similar figures from the database every 15 s, for gauges. All nodes report the same values: use the maximum, not
/// the sum.
/// </summary>
internal sealed partial class OperationalMetrics : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly IDbContextFactory<ZoomCalendarContext> _contexts;
    private readonly TimeProvider _clock;
    private readonly ILogger<OperationalMetrics> _logger;
    private volatile OperationalSnapshot? _latest;

    public OperationalMetrics(
        IDbContextFactory<ZoomCalendarContext> contexts,
        ReconcilerHeartbeat heartbeat,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<OperationalMetrics> logger)
    {
        (_contexts, _clock, _logger) = (contexts, clock, logger);
        var meter = meters.Create(Metrics.Name);
        meter.CreateObservableGauge("zoomcalendar.queue.length", Queues, "{item}", "What is due and not done, by queue.");
        meter.CreateObservableGauge(
            "zoomcalendar.link.oldest_waiting",
            OldestLinks,
            "s",
            "Age of the oldest link that is wanted and not there, by what it waits for.");
        meter.CreateObservableGauge(
            "zoomcalendar.quota.lowest_left",
            () => One(_latest?.LowestQuotaLeft),
            "{request}",
            "Of the day's 100, at the Zoom user who has used most.");
        meter.CreateObservableGauge(
            "zoomcalendar.zoom.accounts_to_reconnect",
            () => One(_latest?.AccountsToReconnect),
            "{account}",
            "Zoom accounts that stand still until somebody connects anew.");
        meter.CreateObservableGauge(
            "zoomcalendar.reconciler.age",
            () => One((_clock.GetUtcNow() - heartbeat.Last)?.TotalSeconds),
            "s",
            "Since this node's reconciler last looked.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do
            {
                await SampleAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The app stops.
        }
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
            _latest = await OperationalSnapshot.ReadAsync(db, _clock.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Old figures would hide the failure.
            _latest = null;
            Log.Failed(_logger, exception.GetType().Name);
        }
    }

    private IEnumerable<Measurement<int>> Queues() => _latest is not { } figures
        ? []
        :
        [
            new(figures.MessagesDue, new KeyValuePair<string, object?>("queue", "mail")),
            new(figures.WebhooksDue, new KeyValuePair<string, object?>("queue", "webhooks")),
            new(figures.InboxDue, new KeyValuePair<string, object?>("queue", "inbox")),
            new(figures.MeetingsDue, new KeyValuePair<string, object?>("queue", "zoom")),
        ];

    private IEnumerable<Measurement<double>> OldestLinks() => _latest is not { } figures
        ? []
        : Enum.GetValues<WaitingFor>().Select(reason => new Measurement<double>(
            figures.OldestWaitingLink.TryGetValue(reason, out var age) ? age.TotalSeconds : 0,
            new KeyValuePair<string, object?>("waiting_for", reason.ToString())));

    private static IEnumerable<Measurement<T>> One<T>(T? value)
        where T : struct =>
        value is { } known ? [new(known)] : [];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The figures for the gauges could not be read ({Reason})")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
