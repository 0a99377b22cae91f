using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

/// <summary>Stores Zoom's webhooks. <c>WebhookWork</c> processes them afterwards.</summary>
public sealed class WebhookInbox(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Completes when this process has stored a webhook.</summary>
    public Wakeup Arrived { get; } = new();

    /// <returns>False if the same event was stored before.</returns>
    public async Task<bool> StoreAsync(ZoomWebhook webhook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = MessageOf(webhook, now);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.WebhookMessages.AnyAsync(known => known.Fingerprint == message.Fingerprint, cancellationToken))
        {
            return false;
        }

        db.WebhookMessages.Add(message);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            await using var again = await contexts.CreateDbContextAsync(cancellationToken);
            if (await again.WebhookMessages.AnyAsync(known => known.Fingerprint == message.Fingerprint, cancellationToken))
            {
                return false;
            }

            throw;
        }

        Arrived.Wake();
        return true;
    }

    private static WebhookMessage MessageOf(ZoomWebhook webhook, DateTimeOffset now)
    {
        var gone = webhook as ZoomWebhook.AppDeauthorized;
        return new WebhookMessage
        {
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(webhook.Key))),
            Event = webhook.Event,
            ReceivedAt = now,
            NextAttemptAt = now,
            MeetingId = webhook switch
            {
                ZoomWebhook.MeetingDeleted deleted => deleted.MeetingId,
                ZoomWebhook.MeetingUpdated updated => updated.MeetingId,
                _ => null,
            },
            ZoomUserId = gone?.UserId,
            ClientId = gone?.ClientId,
            DeauthorizedAt = gone?.DeauthorizedAt,
        };
    }
}
