using System.Diagnostics;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Measures the promised ratios in one run, alternating between both sides. It compares the 25th percentile, because a busy machine
/// disturbs the slower samples.
/// </summary>
internal static class QuickRun
{
    // Warm up until tiered compilation has optimized the hot code.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public static async Task<int> RunAsync()
    {
        var failed = 0;
        // The longest benchmark first: it leaves the shared code fully optimized.
        await using (var young = await World.CreateAsync(10_000, 1_000))
        await using (var old = await World.CreateAsync(1_000_000, 1_000))
        {
            var next = World.Now.AddDays(60);
            failed += await CompareAsync("Free slots with 1,000,000 / with 10,000 past appointments", 1.2, 60,
                () => FreeSlotBenchmarks.SlotsAsync(young), () => FreeSlotBenchmarks.SlotsAsync(old));
            failed += await CompareAsync("A round robin booking with 1,000,000 / with 10,000 past appointments", 1.2, 150,
                () => PastBenchmarks.BookAsync(young, next += TimeSpan.FromMinutes(30)), () => PastBenchmarks.BookAsync(old, next));
        }

        await using (var world = await World.CreateAsync(appointmentsThisMonth: 1_000))
        {
            failed += await CompareAsync("Free slots of a month (20 hosts, 1,000 appointments) / fetching the rows", 3, 40,
                () => FreeSlotBenchmarks.RowsAsync(world), () => FreeSlotBenchmarks.SlotsAsync(world));
        }

        await using (var world = await World.CreateAsync())
        {
            var race = await BookingRace.PrepareAsync(world);
            failed += await CompareAsync(
                "A booking / the same statements by hand",
                2,
                300,
                () => Task.Run(() => race.ManualChanges(askFirst: true)),
                race.BookAsync);
            // For comparison only: without the queries first, a slot could be booked twice.
            await CompareAsync(
                "A booking / the same rows by hand, nothing asked",
                double.PositiveInfinity,
                300,
                () => Task.Run(() => race.ManualChanges(askFirst: false)),
                race.BookAsync);
        }

        return failed;
    }

    internal static async Task<int> CompareAsync(string what, double limit, int rounds, Func<Task> baseline, Func<Task> measured)
    {
        var (one, other) = (new List<double>(), new List<double>());
        var began = Stopwatch.GetTimestamp();
        while (one.Count < rounds)
        {
            var (before, after) = (await TimeAsync(baseline), await TimeAsync(measured));
            if (Stopwatch.GetElapsedTime(began) > WarmUp)
            {
                one.Add(before);
                other.Add(after);
            }
        }

        var (from, to) = (Quartile(one), Quartile(other));
        var passed = to <= limit * from;
        Console.WriteLine(
            $"{(passed ? "ok  " : "FAIL")} {to / from,6:0.00}x (at most {limit:0.0}x)  {from,8:0.000} ms -> {to,8:0.000} ms  {what}");
        return passed ? 0 : 1;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Quartile(List<double> values) => values.Order().ElementAt(values.Count / 4);
}
