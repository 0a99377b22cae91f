using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Counts each request before it leaves, in the database, for all processes together. Every change is one conditional statement.</summary>
internal static class QuotaLedger
{
    public const int NearLimit = 80;

    /// <summary>Takes one request of the day. Returns how many are used then, or null if none was left.</summary>
    public static async Task<int?> TakeAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, CancellationToken cancellationToken)
    {
        var used = await db.Database.SqlQuery<int>(
            $"""
             INSERT INTO quota_days ("ZoomUserKey", "Day", "Used", "UsedUp", "NearTold", "UsedUpTold")
             VALUES ({zoomUserKey}, {day}, 1, FALSE, FALSE, FALSE)
             ON CONFLICT ("ZoomUserKey", "Day") DO UPDATE SET "Used" = quota_days."Used" + 1
             WHERE quota_days."Used" < {QuotaDay.Limit} AND NOT quota_days."UsedUp"
             RETURNING "Used" AS "Value"
             """).ToListAsync(cancellationToken);

        if (used is not [var now])
        {
            return null;
        }

        Metrics.QuotaTaken(QuotaDay.Limit - now);
        return now;
    }

    /// <summary>Only for a request that failed before a connection stood.</summary>
    public static Task ReturnAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, CancellationToken cancellationToken) =>
        db.QuotaDays
            .Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day == day && quota.Used > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.Used, quota => quota.Used - 1), cancellationToken);

    /// <summary>Zoom says that the day is used up, whatever we counted.</summary>
    public static Task MarkUsedUpAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO quota_days ("ZoomUserKey", "Day", "Used", "UsedUp", "NearTold", "UsedUpTold")
             VALUES ({zoomUserKey}, {day}, 0, TRUE, FALSE, FALSE)
             ON CONFLICT ("ZoomUserKey", "Day") DO UPDATE SET "UsedUp" = TRUE
             """, cancellationToken);

    /// <summary>Warns everybody connected with this Zoom user, once a day each: at 80, and when nothing is left.</summary>
    public static async Task NotifyAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, EventKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var untold = db.QuotaDays.Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day == day);
        var told = kind is EventKind.QuotaNear
            ? await untold.Where(quota => !quota.NearTold).ExecuteUpdateAsync(set => set.SetProperty(quota => quota.NearTold, true), cancellationToken)
            : await untold.Where(quota => !quota.UsedUpTold).ExecuteUpdateAsync(set => set.SetProperty(quota => quota.UsedUpTold, true), cancellationToken);

        if (told == 0)
        {
            return;
        }

        var used = await untold.Select(quota => quota.Used).FirstOrDefaultAsync(cancellationToken);
        await db.AddEventForConnectedAsync(zoomUserKey, kind, LinkDescriber.OnQuotaEvent(kind, used).Text, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
