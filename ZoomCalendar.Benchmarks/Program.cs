using BenchmarkDotNet.Running;
using ZoomCalendar.Benchmarks;
using ZoomCalendar.Benchmarks.Growth;

// The ratios alone, in under two minutes: --quick. With BenchmarkDotNet's care: --filter "*".
if (args is ["--quick"])
{
    return await QuickRun.RunAsync();
}

// What does not grow, on both databases: --growth. It writes two million-row databases first, some minutes.
if (args is ["--growth"])
{
    return await GrowthRun.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(World).Assembly).Run(args);
return 0;
