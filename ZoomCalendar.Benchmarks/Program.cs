using BenchmarkDotNet.Running;
using ZoomCalendar.Benchmarks;
using ZoomCalendar.Benchmarks.Growth;
using ZoomCalendar.Core.Storage;

// The ratios alone, in under two minutes: --quick. Bookings over HTTP: --http, and a connection string for PostgreSQL. The booking page:
// --page. What does not grow, on both databases: --growth, or on one: --growth PostgreSql. It fills each with a million accounts first,
// which takes some minutes. The screens of a business with 1,000,000 events: --large, or --large PostgreSql. With BenchmarkDotNet:
// --filter "*". A busy minute with 500 open pages: --load, or --load 500 50 60 (pages, bookings a second, seconds).
switch (args)
{
    case ["--quick"]:
        return await QuickRun.RunAsync();
    case ["--http", .. var rest]:
        await HttpRun.RunAsync(rest.FirstOrDefault());
        return 0;
    case ["--page"]:
        return await PageRun.RunAsync();
    case ["--load", .. var numbers]:
        return await LoadRun.RunAsync(numbers);
    case ["--growth", .. var which]:
        return await GrowthRun.RunAsync(which is [var one] ? Enum.Parse<DatabaseProvider>(one, ignoreCase: true) : null);
    case ["--large", .. var provider]:
        return await LargeRun.RunAsync(provider is [var single] ? Enum.Parse<DatabaseProvider>(single, ignoreCase: true) : null);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(World).Assembly).Run(args);
        return 0;
}
