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
/// Sends what is due, fairly: to each webhook one delivery at a time, in the order of the events; for each sub-account a few webhooks side by side; and nobody
/// waits for somebody else's receiver. A webhook is claimed in its row, so the same holds for all processes together. Thread-safe; one for each process.
/// </summary>
public sealed partial class WebhookSender(IDbContextFactory<ZoomCalendarContext> contexts, WebhookSigner signer, WebhookHttp http, ILogger<WebhookSender>? logger = null)
{
    private const int SideBySide = 32;
    private const int SideBySideForOne = 4;

    /// <summary>Receivers that failed the last time have half of the places at most, however many they are.</summary>
    private const int SideBySideForFailing = SideBySide / 2;

    private const int MaxLookedAt = 256;

    // A try takes ten seconds at most.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    /// <summary>A try that is due by itself, or the first in line of a webhook that rests no longer.</summary>
    private static readonly Expression<Func<WebhookDelivery, bool>> BlocksLaterDeliveries = delivery =>
        delivery.Attempts < WebhookDelivery.AttemptsBeforeOthersPass || delivery.LastStatus == null || delivery.LastStatus >= 500
        || delivery.LastStatus == 408 || delivery.LastStatus == 425 || delivery.LastStatus == 429;

    private readonly Guid _owner = Guid.NewGuid();
    private readonly ConcurrentDictionary<WebhookId, InFlight> _inFlight = new();

    /// <summary>Completes when a delivery of this process has ended: there is room, and perhaps a next one.</summary>
    public Wakeup DeliveryEnded { get; } = new();

    /// <summary>Starts what may be sent now and returns at once.</summary>
    /// <returns>How many were started.</returns>
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

    /// <summary>Waits for what is on its way.</summary>
    public Task DrainAsync() => Task.WhenAll(_inFlight.Values.Select(each => each.Sending));

    /// <summary>The log is kept for a month. What waits behind a receiver that has not been reached for a day is given up.</summary>
    public async Task CleanUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (kept, aDayAgo) = (now - Kept, now - ADay);
        await db.WebhookDeliveries.Where(row => row.CreatedAt < kept && row.NextAttemptAt == null).ExecuteDeleteAsync(cancellationToken);
        await db.WebhookDeliveries
            .Where(row => row.CreatedAt < aDayAgo && row.NextAttemptAt != null && db.Set<Webhook>().Any(webhook => webhook.Id == row.WebhookId && webhook.Failures > 0))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, DeliveryState.GivenUp)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.LastError, row => row.LastError ?? WebhookDelivery.NotReached)
                    .SetProperty(row => row.Body, ""),
                cancellationToken);
    }

    /// <summary>Webhooks that somebody may send to, the one with the oldest event first.</summary>
    private async Task<List<DueWebhook>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var busy = _inFlight.ToArray();
        if (busy.Length >= SideBySide)
        {
            return [];
        }

        var sending = busy.Select(each => each.Key).ToList();
        var full = busy.GroupBy(each => each.Value.SubAccountId).Where(group => group.Count() >= SideBySideForOne).Select(group => group.Key).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking()
            .Where(row => (row.ClaimedUntil == null || row.ClaimedUntil <= now) && (row.RestsUntil == null || row.RestsUntil <= now))
            .Where(row => !sending.Contains(row.Id) && !full.Contains(row.SubAccountId))
            .Where(row => db.Set<WebhookDelivery>().Where(BlocksLaterDeliveries).Any(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt != null)
                || db.Set<WebhookDelivery>().Any(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt <= now))
            .OrderBy(row => db.Set<WebhookDelivery>().Where(delivery => delivery.WebhookId == row.Id && delivery.NextAttemptAt != null).Min(delivery => delivery.EventId))
            .Select(row => new DueWebhook(row.Id, row.SubAccountId, row.Failures))
            .Take(MaxLookedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One for each sub-account in turn, the least busy ones first, as far as there is room.</summary>
    private List<DueWebhook> Choose(List<DueWebhook> due)
    {
        var busy = _inFlight.Values.ToList();
        var (room, roomForFailing) = (SideBySide - busy.Count, SideBySideForFailing - busy.Count(each => each.IsFailing));
        var chosen = new List<DueWebhook>();
        var inTurn = due
            .GroupBy(each => each.SubAccountId)
            .SelectMany(group => group.Select((webhook, index) => (Webhook: webhook, Turn: index + busy.Count(each => each.SubAccountId == group.Key))))
            .Where(each => each.Turn < SideBySideForOne)
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

    /// <summary>Of several processes that try at the same moment, the condition of the UPDATE lets one through.</summary>
    /// <returns>What is to be sent; null: it is somebody else's, or there is nothing.</returns>
    private async Task<ClaimedDelivery?> TryClaimAsync(DueWebhook due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var until = now + Claim;
        var isOurs = await db.Webhooks
            .Where(row => row.Id == due.Id && (row.ClaimedUntil == null || row.ClaimedUntil <= now) && (row.RestsUntil == null || row.RestsUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedBy, _owner).SetProperty(row => row.ClaimedUntil, until), cancellationToken) == 1;
        if (!isOurs)
        {
            return null;
        }

        var pending = db.WebhookDeliveries.Where(row => row.WebhookId == due.Id && row.NextAttemptAt != null);
        var first = await pending.Where(BlocksLaterDeliveries).OrderBy(row => row.EventId).ThenBy(row => row.Id).Select(row => new { row.Id, row.NextAttemptAt }).FirstOrDefaultAsync(cancellationToken);
        // What the receiver refused goes again in its own time, before or after the others.
        first = await pending.Where(row => row.NextAttemptAt <= now && row.Attempts >= WebhookDelivery.AttemptsBeforeOthersPass)
            .OrderBy(row => row.EventId).ThenBy(row => row.Id).Select(row => new { row.Id, row.NextAttemptAt }).FirstOrDefaultAsync(cancellationToken) ?? first;
        // A node of the version before knows no claims on webhooks; this keeps it off.
        var isFree = first is not null && await db.WebhookDeliveries
            .Where(row => row.Id == first.Id && row.NextAttemptAt == first.NextAttemptAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until), cancellationToken) == 1;
        if (!isFree)
        {
            await db.Webhooks.Where(row => row.Id == due.Id && row.ClaimedBy == _owner)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedBy, (Guid?)null).SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null), cancellationToken);
            return null;
        }

        return new ClaimedDelivery(first!.Id, first.NextAttemptAt!.Value);
    }

    private async Task SendAsync(WebhookId webhook, ClaimedDelivery claimed, Func<DateTimeOffset> now)
    {
        try
        {
            // What is claimed is seen to its end, within its own time-out, even while the app stops.
            await SendAsync(webhook, claimed, now, CancellationToken.None);
        }
        catch (Exception exception) when (logger is not null)
        {
            // Its claim lapses, and it is sent again.
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
        var reply = found is null ? null : await http.PostAsync(found.Url, body, await signer.SignAsync(body, cancellationToken), cancellationToken);
        if (reply is not null)
        {
            Metrics.Delivery("webhooks", reply.IsAccepted ? "ok" : reply.Status is null ? "unreachable" : "refused");
        }

        await contexts.WriteAsync(
            async (db, cancel) =>
            {
                var row = await db.Webhooks.SingleOrDefaultAsync(each => each.Id == webhook, cancel);
                var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(each => each.Id == claimed.DeliveryId && each.NextAttemptAt != null, cancel);
                if (row is null)
                {
                    // The webhook was removed meanwhile, and its log with it.
                    return false;
                }

                if (reply is not null && delivery is not null)
                {
                    Note(delivery, reply, claimed, begun, now());
                    row.RecordResponse(reply, delivery, now());
                }

                if (row.ClaimedBy == _owner)
                {
                    row.Release();
                }

                return true;
            },
            cancellationToken);
    }

    private static void Note(WebhookDelivery delivery, WebhookResponse reply, ClaimedDelivery claimed, DateTimeOffset begun, DateTimeOffset now)
    {
        if (reply.IsAccepted)
        {
            delivery.MarkDelivered(reply.Status!.Value, now);
        }
        else if (claimed.DueAt <= begun)
        {
            delivery.MarkFailed(reply.Status, reply.Error, now);
        }
        else
        {
            // A try ahead of its time, to see whether the receiver is back, costs it none of its own.
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

    /// <param name="DeliveryId">What is sent.</param>
    /// <param name="DueAt">When it would have been due by itself.</param>
    private sealed record ClaimedDelivery(Guid DeliveryId, DateTimeOffset DueAt);

    private sealed record InFlight(SubAccountId SubAccountId, bool IsFailing, Task Sending);

    private sealed record PendingRequest(string Url, string Body);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What came of a webhook's delivery could not be written down; it is sent again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
