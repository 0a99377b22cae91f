using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>
/// A reader of events that creates the deliveries. Its position and the deliveries are written in one transaction, so a crash neither loses
/// nor repeats an event.
/// </summary>
public sealed class WebhookReader(
    IDbContextFactory<ZoomCalendarContext> contexts, AppointmentQueries appointments, IWebhookBodyWriter bodies)
{
    private const string Name = "webhooks";
    private const int BatchSize = 200;

    /// <returns>True if there may be more events.</returns>
    public async Task<bool> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.HasUnreadEventsAsync(Name, cancellationToken))
        {
            return false;
        }

        // On SQLite the row version detects a concurrent reader, so the single writer is not blocked while bodies are written.
        await using var transaction = db.Database.IsNpgsql() ? await db.BeginWriteAsync(cancellationToken) : null;
        var reader = await db.LockReaderAsync(Name, cancellationToken);
        if (reader is null)
        {
            if (await db.EventReaders.AnyAsync(row => row.Name == Name, cancellationToken))
            {
                return false;
            }

            reader = new EventReader { Name = Name };
            db.EventReaders.Add(reader);
        }

        var events = await db.Events.AsNoTracking().UnreadBy(reader)
            .OrderBy(row => row.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (events.Count == 0)
        {
            return false;
        }

        foreach (var delivery in await DeliveriesAsync(db, events, now, cancellationToken))
        {
            db.WebhookDeliveries.Add(delivery);
        }

        reader.Advance([.. events.Select(row => row.Id)], now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception))
        {
            // Another process has read the same events.
        }

        return events.Count == BatchSize;
    }

    private async Task<List<WebhookDelivery>> DeliveriesAsync(
        ZoomCalendarContext db, List<Event> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var deliveries = new List<WebhookDelivery>();
        var subAccounts = events.Where(row => WebhookTypes.Of(row.Kind) is not null).Select(row => row.SubAccountId).Distinct().ToList();
        if (subAccounts.Count == 0)
        {
            return deliveries;
        }

        var webhooks = (
            await db.Webhooks.AsNoTracking()
                .Where(row => subAccounts.Contains(row.SubAccountId))
                .ToListAsync(cancellationToken)).ToLookup(row => row.SubAccountId);
        foreach (var entry in events)
        {
            var type = WebhookTypes.Of(entry.Kind);
            var subscribed = type is null
                ? []
                : webhooks[entry.SubAccountId]
                    .Where(webhook => webhook.AfterEvent < entry.Id && webhook.IsSubscribedTo(type.Value))
                    .ToList();
            foreach (var id in subscribed.Count == 0 ? [] : await AppointmentsOfAsync(db, entry, cancellationToken))
            {
                if (await appointments.FindAsync(id, entry.SubAccountId, cancellationToken, evenDeleted: true) is { } view)
                {
                    deliveries.AddRange(subscribed.Select(webhook => Delivery(webhook, entry, type!.Value, view, now)));
                }
            }
        }

        return deliveries;
    }

    /// <summary>The appointments of an event. An event of a slot meeting concerns every appointment of the slot.</summary>
    private static async Task<IReadOnlyList<AppointmentId>> AppointmentsOfAsync(
        ZoomCalendarContext db, Event entry, CancellationToken cancellationToken) =>
        entry.AppointmentId is { } one
            ? [one]
            : entry.SlotMeetingId is { } meeting
                ? await db.Appointments.Where(row => row.SlotMeetingId == meeting).Select(row => row.Id).ToListAsync(cancellationToken)
                : [];

    private WebhookDelivery Delivery(Webhook webhook, Event entry, WebhookType type, AppointmentView view, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new WebhookDelivery
        {
            Id = id,
            WebhookId = webhook.Id,
            EventId = entry.Id,
            AppointmentId = view.Appointment.Id,
            Type = type,
            Body = bodies.Write(type, id, view, entry.At, now),
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }
}
