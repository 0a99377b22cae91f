using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>
/// Fires attempts from two processes at once: this one and a worker of its own, on the same database. A fixture: the worker starts once for
/// a class.
/// </summary>
public sealed class Race : IDisposable
{
    private readonly Lazy<Process> _there = new(() => Process.Start(
        new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(RaceWorker).Assembly.Location, RaceWorker.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <summary>How often each race is run: a few times in every test run, many more by hand.</summary>
    internal static int Rounds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ZOOMCALENDAR_RACE_ROUNDS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : 3;

    /// <summary>Every other attempt goes to the other process.</summary>
    internal async Task<IReadOnlyList<RaceResult>> RunAsync(TestTenant tenant, IReadOnlyList<RaceAttempt> attempts)
    {
        var (input, output) = (_there.Value.StandardInput, _there.Value.StandardOutput);
        var share = new RaceShare(
            tenant.Database.Provider,
            tenant.Database.ConnectionString,
            tenant.SubAccount.Value,
            tenant.Admin.Value,
            [.. attempts.Where((_, index) => index % 2 == 1)]);
        await input.WriteLineAsync(JsonSerializer.Serialize(share));
        (await output.ReadLineAsync()).Should().Be("ready");
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new RaceRunner(tenant.Database, tenant.AsAdmin).RunAsync(attempts.Where((_, index) => index % 2 == 0), go.Task);

        await input.WriteLineAsync("go");
        go.SetResult();

        var results = await output.ReadLineAsync();
        return [.. await running, .. JsonSerializer.Deserialize<RaceResult[]>(results!)!];
    }

    public void Dispose()
    {
        if (_there.IsValueCreated)
        {
            _there.Value.StandardInput.Close();
            _there.Value.WaitForExit();
            _there.Value.Dispose();
        }
    }
}
