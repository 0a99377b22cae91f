using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Soak;

/// <summary>
/// Minutes and days pass at once: waiting for a dead process's leases to lapse, most kills would meet an app that waits as well.
/// </summary>
internal sealed class SoakTime(TestDatabase database, SandboxControl zoom, IReadOnlyCollection<string> zoomUsers, string because)
{
    // By our count, which is never below Zoom's: where requests become scarce, the day is over.
    private const int EnoughForADay = 60;

    private int _before;

    /// <summary>Those that Zoom counted.</summary>
    public int Requests => _before + zoomUsers.Sum(zoom.CountToday);

    public async Task PassAsync()
    {
        if (await database.ReadAsync(db => db.QuotaDays.AnyAsync(quota => quota.Used > EnoughForADay)))
        {
            await PassADayAsync();
        }

        await database.LetMinutesPassAsync();
    }

    /// <summary>The quota is fresh, for Zoom and for us, and each meeting's share in it, and the daily sweep is due.</summary>
    public async Task PassADayAsync()
    {
        await CountsShouldAgreeAsync();
        _before = Requests;
        await database.ReadAsync(db => db.QuotaDays.ExecuteDeleteAsync());
        await database.ReadAsync(db => db.SlotMeetings.ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedRequests, 0)));
        await database.ReadAsync(
            db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSweptAt, (DateTimeOffset?)null)));
        foreach (var user in zoomUsers)
        {
            zoom.SetCount(user, 0);
        }
    }

    public async Task CountsShouldAgreeAsync()
    {
        foreach (var email in zoomUsers)
        {
            var counted = await database.ReadAsync(db => db.QuotaDays.Where(quota => db.Set<ZoomAccount>().Any(
                account => account.Key == quota.ZoomUserKey && account.Email == email)).SumAsync(quota => quota.Used));
            zoom.CountToday(email).Should().BeLessThanOrEqualTo(counted, "each request is counted before it leaves, {0}", because)
                .And.BeLessThanOrEqualTo(100, because);
        }
    }
}
