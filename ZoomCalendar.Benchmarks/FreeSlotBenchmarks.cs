using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Benchmarks;

/// <summary>Lists a month of 20 hosts with 1,000 appointments. Promise: at most 3 times the time of fetching these rows.</summary>
[MemoryDiagnoser]
public class FreeSlotBenchmarks
{
    private World _world = default!;

    [GlobalSetup]
    public async Task SetupAsync() => _world = await World.CreateAsync(appointmentsThisMonth: 1_000);

    [GlobalCleanup]
    public Task CleanupAsync() => _world.DisposeAsync().AsTask();

    [Benchmark(Baseline = true)]
    public Task<int> FetchTheRows() => RowsAsync(_world);

    [Benchmark]
    public Task<int> FreeSlotsOfTheMonth() => SlotsAsync(_world);

    internal static async Task<int> RowsAsync(World world)
    {
        List<UserId> hosts = [.. world.Hosts];
        await using var db = await world.Contexts.CreateDbContextAsync();
        var rows = await db.BusyTimes.AsNoTracking()
            .Where(row => hosts.Contains(row.UserId) && row.Start >= World.Now && row.Start < World.Now.AddDays(30))
            .ToListAsync();
        return rows.Count;
    }

    internal static async Task<int> SlotsAsync(World world)
    {
        var slots = await world.FreeSlots.FindAsync(
            world.RoundRobin, World.Now, World.Now.AddDays(30), null, world.Admin, World.Now, CancellationToken.None);
        return slots.Count;
    }
}
