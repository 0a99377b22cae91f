using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// Works through the inbox. Each message may be worked on twice (two processes, a crash), so each step is one that does no harm the second time.
/// </summary>
public sealed partial class WebhookWork(
    IDbContextFactory<ZoomCalendarContext> contexts, Deauthorization deauthorization, Signals signals, ILogger<WebhookWork> logger)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Longer than Zoom goes on repeating an event, and than its signature is good for.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <returns>True if there may be more.</returns>
    public async Task<bool> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.WebhookMessages.Where(message => message.NextAttemptAt != null && message.NextAttemptAt <= now)
            .OrderBy(message => message.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var message in due)
        {
            if (await TryAsync(message, now, cancellationToken))
            {
                message.Done();
            }
            else
            {
                message.NextAttemptAt = now + Pause;
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        return due.Count == AtOnce;
    }

    public async Task ForgetOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = now - Kept;
        await db.WebhookMessages.Where(message => message.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> TryAsync(WebhookMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return message switch
            {
                { MeetingId: { } meeting } => await AskToLookAsync(meeting, now, cancellationToken),
                { ZoomUserId: { } user } => await deauthorization.HandleAsync(user, message.ClientId, message.DeauthorizedAt, now, cancellationToken),
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
                var meetings = await db.SlotMeetings.Where(meeting => meeting.ZoomMeetingId == zoomMeetingId && meeting.End > now).ToListAsync(token);
                meetings.ForEach(meeting => meeting.AskToLook(now));
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
