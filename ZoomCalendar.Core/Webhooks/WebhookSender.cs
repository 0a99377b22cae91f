using System.Text;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Telemetry;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>Sends what is due, some side by side. Who sends one leases it first, so that two processes do not both send it.</summary>
public sealed class WebhookSender(IDbContextFactory<ZoomCalendarContext> contexts, WebhookSigner signer, WebhookHttp http)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <returns>How many were sent.</returns>
    public async Task<int> SendDueAsync(Func<DateTimeOffset> now, CancellationToken cancellationToken)
    {
        var due = await DueAsync(now(), cancellationToken);
        // What is leased is seen to its end, within its own time-out, even while the app stops.
        await Task.WhenAll(due.Select(id => SendAsync(id, now, CancellationToken.None)));
        return due.Count;
    }

    /// <summary>The log is kept for a month.</summary>
    public async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = now - Kept;
        await db.WebhookDeliveries.Where(row => row.CreatedAt < kept && row.NextAttemptAt == null).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<List<Guid>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            return await LeaseAmongManyAsync(db, now, cancellationToken);
        }

        var rows = await db.WebhookDeliveries
            .Where(row => row.NextAttemptAt <= now)
            .OrderBy(row => row.NextAttemptAt).ThenBy(row => row.EventId)
            .Take(AtOnce)
            .Select(row => new { row.Id, row.NextAttemptAt })
            .ToListAsync(cancellationToken);
        var leased = new List<Guid>();
        foreach (var row in rows)
        {
            var until = now + Lease;
            if (await db.WebhookDeliveries.Where(each => each.Id == row.Id && each.NextAttemptAt == row.NextAttemptAt)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.NextAttemptAt, until), cancellationToken) == 1)
            {
                leased.Add(row.Id);
            }
        }

        return leased;
    }

    /// <summary>Many nodes at one queue: each takes what no other is taking, and none waits.</summary>
    private static Task<List<Guid>> LeaseAmongManyAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (present, until) = (now.ToUniversalTime(), (now + Lease).ToUniversalTime());
        return db.Database.SqlQuery<Guid>(
            $"""
             UPDATE webhook_deliveries SET "NextAttemptAt" = {until}
             WHERE "Id" IN (
                 SELECT "Id" FROM webhook_deliveries WHERE "NextAttemptAt" <= {present}
                 ORDER BY "NextAttemptAt", "EventId" LIMIT {AtOnce} FOR UPDATE SKIP LOCKED)
             RETURNING "Id" AS "Value"
             """).ToListAsync(cancellationToken);
    }

    private async Task SendAsync(Guid id, Func<DateTimeOffset> now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from delivery in db.WebhookDeliveries
            join webhook in db.Webhooks on delivery.WebhookId equals webhook.Id
            where delivery.Id == id
            select new { delivery, webhook.Url }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return;
        }

        var body = Encoding.UTF8.GetBytes(found.delivery.Body);
        var reply = await http.PostAsync(found.Url, body, await signer.SignAsync(body, cancellationToken), cancellationToken);
        Measured.Delivery("webhooks", reply.IsTaken ? "ok" : reply.Status is null ? "unreachable" : "refused");
        if (reply.IsTaken)
        {
            found.delivery.Taken(reply.Status!.Value, now());
        }
        else
        {
            found.delivery.Failed(reply.Status, reply.Error, now());
        }

        try
        {
            // What was sent is written down even while the app stops.
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The webhook was removed meanwhile, and its log with it.
        }
    }
}
