using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Benchmarks.Growth;

/// <summary>
/// The cost of a booking on each database. Claiming work and counting a request must cost the same with a thousand times the accounts and
/// meetings.
/// </summary>
internal static class GrowthRun
{
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const double Limit = 1.2;
    private const int Rounds = 400;

    private static readonly Guid Owner = Guid.NewGuid();
    private static readonly DateOnly Today = DateOnly.FromDateTime(GrowthWorld.Now.UtcDateTime);

    /// <param name="only">Null: both.</param>
    public static async Task<int> RunAsync(DatabaseProvider? only)
    {
        var failed = 0;
        foreach (var provider in Enum.GetValues<DatabaseProvider>().Where(provider => only is null || provider == only))
        {
            await BookingCost.PrintAsync(provider);
            await using var few = await GrowthWorld.CreateAsync(provider, Few);
            await using var many = await GrowthWorld.CreateAsync(provider, Many);
            var random = new Random(1);
            failed += await CompareAsync(
                "asking what is due",
                world => world.DoAsync(db => MeetingReconciler.DueAsync(db, GrowthWorld.Now, Owner, CancellationToken.None)));
            failed += await CompareAsync("claiming an account, reading its work, releasing it", ClaimAsync);
            failed += await CompareAsync(
                "counting a request and giving it back", world => CountAsync(world, GrowthWorld.Key(random.Next(GrowthWorld.Due))));

            Task<int> CompareAsync(string what, Func<GrowthWorld, Task> work) => QuickRun.CompareAsync(
                $"{provider}: {what}, {Many:N0} / {Few:N0} accounts and meetings", Limit, Rounds, () => work(few), () => work(many));
        }

        return failed;
    }

    private static Task<int> ClaimAsync(GrowthWorld world) => world.DoAsync(async db =>
    {
        var (lease, key) = (new AccountLease(Owner), GrowthWorld.Key(GrowthWorld.Due / 2));
        await lease.ClaimAsync(db, key, GrowthWorld.Now, CancellationToken.None);
        var desk = await AccountSnapshotReader.ReadAsync(db, key, GrowthWorld.Now, CancellationToken.None);
        await lease.ReleaseAsync(db, key, CancellationToken.None);
        return desk.Slots is [_] ? 1 : throw new InvalidOperationException($"{desk.Slots.Count} meetings are due, not one.");
    });

    private static Task<int> CountAsync(GrowthWorld world, string key) => world.DoAsync(async db =>
    {
        var used = await QuotaLedger.TakeAsync(db, key, Today, CancellationToken.None);
        await QuotaLedger.ReturnAsync(db, key, Today, CancellationToken.None);
        return used ?? throw new InvalidOperationException("No request is left.");
    });
}
