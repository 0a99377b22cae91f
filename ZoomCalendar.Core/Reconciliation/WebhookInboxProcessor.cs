using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Processes the webhook inbox. A message is leased to one process for a minute. After a crash it is processed again, so every step is
/// idempotent.
/// </summary>
public sealed partial class WebhookInboxProcessor(
    IDbContextFactory<ZoomCalendarContext> contexts,
    DeauthorizationHandler deauthorization,
    Signals signals,
    ILogger<WebhookInboxProcessor> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long an event from Zoom is stored: longer than Zoom repeats it, and longer than its signature is valid.
    /// </summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(2);

    /// <summary>Processes the due messages one after the other, and stops between two of them.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await LeaseNextAsync(now, cancellationToken) is { } message)
        {
            // Not cancelled by shutdown: each request to Zoom has its own time-out.
            var isDone = await TryAsync(message, now, CancellationToken.None);
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            await Row(db, message).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.NextAttemptAt, isDone ? null : now + Pause)
                    .SetProperty(row => row.ZoomUserId, isDone ? null : message.ZoomUserId),
                CancellationToken.None);
        }
    }

    /// <summary>Deletes old messages.</summary>
    public async Task ForgetOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = now - Retention;
        await db.WebhookMessages.Where(message => message.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Leases the next message by postponing its next attempt, so that only one of several processes handles it.</summary>
    private async Task<WebhookMessage?> LeaseNextAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var next = await db.WebhookMessages.AsNoTracking().Where(message => message.NextAttemptAt != null
                && message.NextAttemptAt <= now)
                // Messages that need no request to Zoom come first, so that a slow Zoom delays them by one request at most.
                .OrderBy(message => message.ZoomUserId != null).ThenBy(message => message.Id).FirstOrDefaultAsync(cancellationToken);
            if (next is null
                || await Row(db, next).Where(row => row.NextAttemptAt == next.NextAttemptAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, now + Pause), cancellationToken) == 1)
            {
                return next;
            }
        }
    }

    private static IQueryable<WebhookMessage> Row(ZoomCalendarContext db, WebhookMessage message) =>
        db.WebhookMessages.Where(row => row.Id == message.Id);

    private async Task<bool> TryAsync(WebhookMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return message switch
            {
                { MeetingId: { } meeting } => await AskToLookAsync(meeting, now, cancellationToken),
                { ZoomUserId: { } user } =>
                    await deauthorization.HandleAsync(user, message.ClientId, message.DeauthorizedAt, now, cancellationToken),
                _ => true,
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, message.Event, exception);
            return false;
        }
    }

    private async Task<bool> AskToLookAsync(long zoomMeetingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await contexts.WriteAsync(
            async (db, token) =>
            {
                var meetings = await db.SlotMeetings.Where(meeting => meeting.ZoomMeetingId == zoomMeetingId && meeting.End > now)
                    .ToListAsync(token);
                meetings.ForEach(meeting => meeting.RequestInspection(now));
                return meetings.Count;
            },
            cancellationToken);
        signals.Committed();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A webhook ({Event}) could not be worked on; it is tried again.")]
        public static partial void Failed(ILogger logger, string @event, Exception exception);
    }
}
