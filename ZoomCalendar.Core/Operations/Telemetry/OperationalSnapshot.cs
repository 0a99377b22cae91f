using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Core.Operations.Telemetry;

/// <summary>Operational figures from the database, the same on every node.</summary>
public sealed record OperationalSnapshot
{
    public int MessagesDue { get; private init; }

    public int WebhooksDue { get; private init; }

    public int InboxDue { get; private init; }

    public int MeetingsDue { get; private init; }

    /// <summary>Zoom accounts that wait until a user connects again.</summary>
    public int AccountsToReconnect { get; private init; }

    /// <summary>The requests left today at the account that has used the most.</summary>
    public int LowestQuotaLeft { get; private init; } = QuotaDay.Limit;

    /// <summary>The age of the oldest missing link, by the reason for waiting.</summary>
    public IReadOnlyDictionary<WaitingFor, TimeSpan> OldestWaitingLink { get; private init; } = new Dictionary<WaitingFor, TimeSpan>();

    /// <summary>Reads the figures. Every query uses an index over open work, so the cost does not grow with history.</summary>
    public static async Task<OperationalSnapshot> ReadAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var oldest = await db.SlotMeetings
            .Where(meeting => meeting.NextActionAt != null && meeting.State == SlotMeetingState.Wanted && meeting.End > now)
            .GroupBy(meeting => meeting.WaitingFor)
            .Select(group => new { group.Key, Since = group.Min(meeting => meeting.WantedSince) })
            .ToListAsync(cancellationToken);
        var used = await db.QuotaDays.Where(quota => quota.Day == today)
            .MaxAsync(quota => (int?)(quota.UsedUp ? QuotaDay.Limit : quota.Used), cancellationToken);
        return new OperationalSnapshot
        {
            MessagesDue = await db.Messages.CountAsync(
                message => message.State == MessageState.Waiting && message.DueAt <= now, cancellationToken),
            WebhooksDue = await db.WebhookDeliveries.CountAsync(delivery => delivery.NextAttemptAt != null, cancellationToken),
            InboxDue = await db.WebhookMessages.CountAsync(message => message.NextAttemptAt != null, cancellationToken),
            MeetingsDue = await db.SlotMeetings.CountAsync(meeting => meeting.NextActionAt <= now, cancellationToken),
            AccountsToReconnect = await db.ZoomAccounts.CountAsync(
                account => account.State != Connections.ZoomAccountState.Connected, cancellationToken),
            LowestQuotaLeft = QuotaDay.Limit - (used ?? 0),
            OldestWaitingLink = oldest.ToDictionary(group => group.Key, group => now - group.Since),
        };
    }
}
