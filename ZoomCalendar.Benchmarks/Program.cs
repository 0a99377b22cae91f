using BenchmarkDotNet.Running;
using ZoomCalendar.Benchmarks;
using ZoomCalendar.Benchmarks.Growth;
using ZoomCalendar.Core.Storage;

// The ratios alone, in under two minutes: --quick. With BenchmarkDotNet's care: --filter "*".
if (args is ["--quick"])
{
    return await QuickRun.RunAsync();
}

// What does not grow, on both databases: --growth. It fills one of each with a million accounts first: some minutes. --growth PostgreSql: on one.
if (args is ["--growth", .. var which])
{
    return await GrowthRun.RunAsync(which is [var one] ? Enum.Parse<DatabaseProvider>(one, ignoreCase: true) : null);
}

BenchmarkSwitcher.FromAssembly(typeof(World).Assembly).Run(args);
return 0;
