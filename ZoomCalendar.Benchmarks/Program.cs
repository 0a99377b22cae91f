using BenchmarkDotNet.Running;
using ZoomCalendar.Benchmarks;

// The ratios alone, in under two minutes: --quick. With BenchmarkDotNet's care: --filter "*".
if (args is ["--quick"])
{
    return await QuickRun.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(World).Assembly).Run(args);
return 0;
