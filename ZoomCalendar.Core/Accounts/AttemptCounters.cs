using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Counts attempts in the database, for all nodes together. An attempt is counted before its outcome is known, so that attempts at the same
/// moment cannot exceed a limit.
/// </summary>
public sealed class AttemptCounters(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Counts one attempt.</summary>
    /// <returns>Null: allowed. Otherwise the time until the window ends.</returns>
    public Task<TimeSpan?> TakeAsync(AttemptLimit limit, string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = KeyOf(limit, subject);
        var (moment, end) = (now.ToUnixTimeMilliseconds(), (now + limit.Window).ToUnixTimeMilliseconds());
        var extends = limit.IsExtended ? 1 : 0;
        return contexts.WriteAsync(async (db, stop) =>
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO attempt_counters ("Key", "Count", "EndsAt") VALUES ({key}, 1, {end})
                 ON CONFLICT ("Key") DO UPDATE SET
                     "Count" = CASE WHEN attempt_counters."EndsAt" <= {moment} THEN 1 ELSE attempt_counters."Count" + 1 END,
                     "EndsAt" = CASE
                         WHEN attempt_counters."EndsAt" <= {moment} THEN {end}
                         WHEN {extends} = 1 AND attempt_counters."Count" < {limit.Max} THEN {end}
                         ELSE attempt_counters."EndsAt" END
                 """, stop);
            var counter = await db.AttemptCounters.AsNoTracking().SingleAsync(row => row.Key == key, stop);
            return counter.Count <= limit.Max ? (TimeSpan?)null : TimeSpan.FromMilliseconds(Math.Max(1_000, counter.EndsAt - moment));
        }, cancellationToken);
    }

    /// <summary>Takes back one attempt that does not count, such as a right password.</summary>
    public async Task GiveBackAsync(AttemptLimit limit, string subject, CancellationToken cancellationToken)
    {
        var key = KeyOf(limit, subject);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AttemptCounters.Where(row => row.Key == key && row.Count > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Count, row => row.Count - 1), cancellationToken);
    }

    /// <summary>Begins anew: the subject may use all attempts again.</summary>
    public async Task ForgetAsync(AttemptLimit limit, string subject, CancellationToken cancellationToken)
    {
        var key = KeyOf(limit, subject);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AttemptCounters.Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes the counters whose window is over.</summary>
    public async Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moment = now.ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AttemptCounters.Where(row => row.EndsAt <= moment).ExecuteDeleteAsync(cancellationToken);
    }

    private static string KeyOf(AttemptLimit limit, string subject) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{limit.Name}\n{subject}")));
}
