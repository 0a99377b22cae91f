using System.Globalization;
using System.Runtime.InteropServices;

namespace ZoomCalendar.Sandbox;

// Namespaced and not top-level: the Web project references this one, and two global Program classes would clash.
internal static class Program
{
    private static async Task Main(string[] args)
    {
        // Short names on the command line only: an environment variable PORT is not meant for the sandbox.
        var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("Sandbox__").Build();
        string? Setting(string name) => arguments[name] ?? environment[name];

        var defaults = new SandboxOptions();
        var options = defaults with
        {
            Port = int.Parse(Setting("Port") ?? "5081", CultureInfo.InvariantCulture),
            StateFile = Setting("StateFile") ?? Path.Combine("data", "zoom-sandbox.jsonl"),
            ClientId = Setting("ClientId") ?? defaults.ClientId,
            ClientSecret = Setting("ClientSecret") ?? defaults.ClientSecret,
            WebhookSecretToken = Setting("WebhookSecretToken") ?? defaults.WebhookSecretToken,
            WebhookUrl = Setting("WebhookUrl"),
        };

        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        await using var server = await SandboxServer.StartAsync(options, TimeProvider.System);
        Console.WriteLine($"Zoom sandbox: {server.BaseAddress}");
        await stop.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
