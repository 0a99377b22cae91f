using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>
/// Sends due deliveries fairly: one at a time for each webhook, in the order of the events, and a few webhooks at a time for each
/// sub-account. A slow receiver does not delay others. A webhook is claimed in its row, so this holds across processes. Use one instance
/// per process.
/// </summary>
public sealed partial class WebhookSender(
    IDbContextFactory<ZoomCalendarContext> contexts, WebhookSigner signer, WebhookHttp http, ILogger<WebhookSender>? logger = null)
{
    /// <summary>How long a finished delivery stays in the log.</summary>
    public static readonly TimeSpan LogRetention = TimeSpan.FromDays(30);

    private const int MaxConcurrent = 32;
    private const int MaxConcurrentPerSubAccount = 4;

    /// <summary>Receivers that failed last time get at most half of the concurrency.</summary>
    private const int MaxConcurrentFailing = MaxConcurrent / 2;

    private const int MaxCandidates = 256;

    // An attempt takes at most ten seconds.
    private static readonly TimeSpan ClaimLength = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary><see cref="WebhookDelivery.BlocksLaterDeliveries"/> as a database query.</summary>
    private static readonly Expression<Func<WebhookDelivery, bool>> BlocksLaterDeliveries = delivery =>
        delivery.Attempts < WebhookDelivery.AttemptsBeforeOthersPass || delivery.LastStatus == null || delivery.LastStatus >= 500
        || delivery.LastStatus == 408 || delivery.LastStatus == 425 || delivery.LastStatus == 429;

    private readonly Guid _owner = Guid.NewGuid();
    private readonly ConcurrentDictionary<WebhookId, InFlight> _inFlight = new();

    /// <summary>Completes when a delivery of this process has ended, so another can start.</summary>
    public Wakeup DeliveryEnded { get; } = new();

    /// <summary>Starts all deliveries that may be sent now, and returns without waiting for them.</summary>
    /// <returns>The number of deliveries started.</returns>
    public async Task<int> SendDueAsync(Func<DateTimeOffset> now, CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var next in Choose(await DueAsync(now(), cancellationToken)))
        {
            if (await TryClaimAsync(next, now(), cancellationToken) is not { } claimed)
            {
                continue;
            }

            started++;
            var send = new Task<Task>(() => SendAsync(next.Id, claimed, now));
            _inFlight[next.Id] = new InFlight(next.SubAccountId, next.Failures > 0, send.Unwrap());
            send.Start(TaskScheduler.Default);
        }

        return started;
    }

    /// <summary>Waits for the deliveries in flight.</summary>
    public Task DrainAsync() => Task.WhenAll(_inFlight.Values.Select(each => each.Sending));

    /// <summary>
    /// Deletes log entries older than 30 days, and gives up deliveries to receivers that have been unavailable for a day.
    /// </summary>
    public async Task CleanUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (kept, aDayAgo) = (now - LogRetention, now - GiveUpAfter);
        await db.WebhookDeliveries.Where(row => row.CreatedAt < kept && row.NextAttemptAt == null).ExecuteDeleteAsync(cancellationToken);
        await db.WebhookDeliveries
            .Where(
                row => row.CreatedAt < aDayAgo
                    && row.NextAttemptAt != null
                    && db.Set<Webhook>().Any(webhook => webhook.Id == row.WebhookId && webhook.Failures > 0))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, DeliveryState.GivenUp)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.LastError, row => row.LastError ?? WebhookDelivery.NotReached)
                    .SetProperty(row => row.Body, ""),
                cancellationToken);
    }

    /// <summary>Webhooks with due deliveries that are not claimed, ordered by their oldest event.</summary>
    private async Task<List<DueWebhook>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var busy = _inFlight.ToArray();
        if (busy.Length >= MaxConcurrent)
        {
            return [];
        }

        var sending = busy.Select(each => each.Key).ToList();
        var full = busy.GroupBy(each => each.Value.SubAccountId)
            .Where(group => group.Count() >= MaxConcurrentPerSubAccount)
            .Select(group => group.Key)
            .ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking()
            .Where(row => (row.ClaimedUntil == null || row.ClaimedUntil <= now) && (row.RestsUntil == null || row.RestsUntil <= now))
            .Where(row => !sending.Contains(row.Id) && !full.Contains(row.SubAccountId))
            .Where(row =>
                db.Set<WebhookDelivery>().Where(BlocksLaterDeliveries)
                    .Any(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt != null)
                || db.Set<WebhookDelivery>().Any(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt <= now))
            .OrderBy(
                row => db.Set<WebhookDelivery>()
                    .Where(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt != null)
                    .Min(delivery => delivery.EventId))
            .Select(row => new DueWebhook(row.Id, row.SubAccountId, row.Failures))
            .Take(MaxCandidates)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Chooses webhooks round-robin by sub-account, the least busy first, up to the concurrency limit.</summary>
    private List<DueWebhook> Choose(List<DueWebhook> due)
    {
        var busy = _inFlight.Values.ToList();
        var (room, roomForFailing) = (MaxConcurrent - busy.Count, MaxConcurrentFailing - busy.Count(each => each.IsFailing));
        var chosen = new List<DueWebhook>();
        var inTurn = due
            .GroupBy(each => each.SubAccountId)
            .SelectMany(
                group =>
                    group.Select((webhook, index) => (Webhook: webhook, Turn: index + busy.Count(each => each.SubAccountId == group.Key))))
            .Where(each => each.Turn < MaxConcurrentPerSubAccount)
            .OrderBy(each => each.Turn);
        foreach (var (webhook, _) in inTurn)
        {
            var isFailing = webhook.Failures > 0;
            if (chosen.Count < room && (!isFailing || roomForFailing > 0))
            {
                chosen.Add(webhook);
                roomForFailing -= isFailing ? 1 : 0;
            }
        }

        return chosen;
    }

    /// <summary>Claims a webhook. If several processes try at the same time, the condition of the UPDATE lets one succeed.</summary>
    /// <returns>The delivery to send. Null: another process has the claim, or nothing is due.</returns>
    private async Task<ClaimedDelivery?> TryClaimAsync(DueWebhook due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var until = now + ClaimLength;
        var isOurs = await db.Webhooks
            .Where(
                row => row.Id == due.Id
                    && (row.ClaimedUntil == null || row.ClaimedUntil <= now)
                    && (row.RestsUntil == null || row.RestsUntil <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ClaimedBy, _owner).SetProperty(row => row.ClaimedUntil, until), cancellationToken) == 1;
        if (!isOurs)
        {
            return null;
        }

        var pending = db.WebhookDeliveries.Where(row => row.WebhookId == due.Id && row.NextAttemptAt != null);
        var first = await pending.Where(BlocksLaterDeliveries)
            .OrderBy(row => row.EventId)
            .ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.NextAttemptAt })
            .FirstOrDefaultAsync(cancellationToken);
        // A refused delivery that no longer blocks others is retried when it is due.
        first = await pending.Where(row => row.NextAttemptAt <= now && row.Attempts >= WebhookDelivery.AttemptsBeforeOthersPass)
            .OrderBy(row => row.EventId).ThenBy(row => row.Id)
                .Select(row => new { row.Id, row.NextAttemptAt })
                .FirstOrDefaultAsync(cancellationToken) ?? first;
        // The previous version does not use claims. Moving the time ahead keeps its nodes from sending this delivery.
        var isFree = first is not null && await db.WebhookDeliveries
            .Where(row => row.Id == first.Id && row.NextAttemptAt == first.NextAttemptAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until), cancellationToken) == 1;
        if (!isFree)
        {
            await db.Webhooks.Where(row => row.Id == due.Id && row.ClaimedBy == _owner)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.ClaimedBy, (Guid?)null).SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
                    cancellationToken);
            return null;
        }

        return new ClaimedDelivery(first!.Id, first.NextAttemptAt!.Value);
    }

    private async Task SendAsync(WebhookId webhook, ClaimedDelivery claimed, Func<DateTimeOffset> now)
    {
        try
        {
            // A claimed delivery is completed even while the app stops. It has its own time-out.
            await SendAsync(webhook, claimed, now, CancellationToken.None);
        }
        catch (Exception exception) when (logger is not null)
        {
            // The claim expires, and the delivery is sent again.
            Log.Failed(logger, exception);
        }
        finally
        {
            _inFlight.TryRemove(webhook, out _);
            DeliveryEnded.Wake();
        }
    }

    private async Task SendAsync(WebhookId webhook, ClaimedDelivery claimed, Func<DateTimeOffset> now, CancellationToken cancellationToken)
    {
        var begun = now();
        var found = await FindAsync(claimed.DeliveryId, cancellationToken);
        var body = Encoding.UTF8.GetBytes(found?.Body ?? "");
        var response = found is null
            ? null
            : await http.PostAsync(found.Url, body, await signer.SignAsync(body, cancellationToken), cancellationToken);
        if (response is not null)
        {
            Metrics.Delivery("webhooks", response.IsAccepted ? "ok" : response.Status is null ? "unreachable" : "refused");
        }

        await contexts.WriteAsync(
            async (db, cancel) =>
            {
                var row = await db.Webhooks.SingleOrDefaultAsync(each => each.Id == webhook, cancel);
                var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(
                    each => each.Id == claimed.DeliveryId && each.NextAttemptAt != null, cancel);
                if (row is null)
                {
                    // The webhook was deleted in the meantime, with its log.
                    return false;
                }

                if (response is not null && delivery is not null)
                {
                    Record(delivery, response, claimed, begun, now());
                    row.RecordResponse(response, delivery, now());
                }

                if (row.ClaimedBy == _owner)
                {
                    row.Release();
                }

                return true;
            },
            cancellationToken);
    }

    private static void Record(
        WebhookDelivery delivery, WebhookResponse response, ClaimedDelivery claimed, DateTimeOffset begun, DateTimeOffset now)
    {
        if (response.IsAccepted)
        {
            delivery.MarkDelivered(response.Status!.Value, now);
        }
        else if (claimed.DueAt <= begun)
        {
            delivery.MarkFailed(response.Status, response.Error, now);
        }
        else
        {
            // An early attempt, made to test whether the receiver is available again, does not count.
            delivery.NextAttemptAt = claimed.DueAt;
        }
    }

    private async Task<PendingRequest?> FindAsync(Guid delivery, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from row in db.WebhookDeliveries
            join webhook in db.Webhooks on row.WebhookId equals webhook.Id
            where row.Id == delivery && row.NextAttemptAt != null
            select new PendingRequest(webhook.Url, row.Body)).FirstOrDefaultAsync(cancellationToken);
    }

    private sealed record DueWebhook(WebhookId Id, SubAccountId SubAccountId, int Failures);

    /// <param name="DeliveryId">The delivery.</param>
    /// <param name="DueAt">Its original due time.</param>
    private sealed record ClaimedDelivery(Guid DeliveryId, DateTimeOffset DueAt);

    private sealed record InFlight(SubAccountId SubAccountId, bool IsFailing, Task Sending);

    private sealed record PendingRequest(string Url, string Body);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What came of a webhook's delivery could not be written down; it is sent again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
