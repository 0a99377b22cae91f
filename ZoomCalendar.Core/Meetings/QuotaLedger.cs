using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Counts each request before it is sent, in the database, for all processes. Every change is one conditional statement.</summary>
internal static class QuotaLedger
{
    /// <summary>The number of requests at which users are warned.</summary>
    public const int NearLimit = 80;

    /// <summary>Takes one request of the day.</summary>
    /// <returns>The requests used afterwards; null if none was left.</returns>
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

    /// <summary>Returns a request that failed before a connection was established. Other failures count.</summary>
    public static Task ReturnAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, CancellationToken cancellationToken) =>
        db.QuotaDays
            .Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day == day && quota.Used > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.Used, quota => quota.Used - 1), cancellationToken);

    /// <summary>Records that Zoom reported the day as used up, whatever this app counted.</summary>
    public static Task MarkUsedUpAsync(ZoomCalendarContext db, string zoomUserKey, DateOnly day, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO quota_days ("ZoomUserKey", "Day", "Used", "UsedUp", "NearTold", "UsedUpTold")
             VALUES ({zoomUserKey}, {day}, 0, TRUE, FALSE, FALSE)
             ON CONFLICT ("ZoomUserKey", "Day") DO UPDATE SET "UsedUp" = TRUE
             """, cancellationToken);

    /// <summary>Writes a notice for every profile connected to this Zoom user, at most once a day for each kind.</summary>
    public static async Task NotifyAsync(
        ZoomCalendarContext db, string zoomUserKey, DateOnly day, EventKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var untold = db.QuotaDays.Where(quota => quota.ZoomUserKey == zoomUserKey && quota.Day == day);
        var told = kind is EventKind.QuotaNear
            ? await untold.Where(quota => !quota.NearTold)
                .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.NearTold, true), cancellationToken)
            : await untold.Where(quota => !quota.UsedUpTold)
                .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.UsedUpTold, true), cancellationToken);

        if (told == 0)
        {
            return;
        }

        var used = await untold.Select(quota => quota.Used).FirstOrDefaultAsync(cancellationToken);
        await db.AddEventForConnectedAsync(zoomUserKey, kind, LinkDescriber.OnQuotaEvent(kind, used).Text, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
