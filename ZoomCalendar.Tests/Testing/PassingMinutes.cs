using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Tests.Testing;

internal static class PassingMinutes
{
    /// <summary>
    /// What a few minutes bring by themselves, for apps on the real clock: a dead process's leases lapse, a failing account is tried again,
    /// a row's pause is over. Everything that waits becomes due; the planner knows what must wait longer, and puts it back.
    /// </summary>
    public static async Task LetMinutesPassAsync(this TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        await database.ReadAsync(db => db.ZoomAccounts.ExecuteUpdateAsync(set => set
            .SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)null)
            .SetProperty(account => account.RefreshLeaseUntil, (DateTimeOffset?)null)
            .SetProperty(account => account.BackoffUntil, (DateTimeOffset?)null)
            .SetProperty(account => account.LastFailedRequestAt, (DateTimeOffset?)null)));
        await database.ReadAsync(db => db.SlotMeetings.Where(row => row.NextActionAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextActionAt, (DateTimeOffset?)now)));
    }
}
