using System.Diagnostics;
using System.Globalization;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>
/// The app's mail in a process of its own, this assembly run by itself: events are read, messages written and sent until nothing is due.
/// It says "ready", waits for a line, works, says "done", and waits for the end of its input. Made to be killed.
/// </summary>
internal sealed class MailWorker : IAsyncDisposable
{
    public const string Argument = "mail-worker";

    private readonly Process _process;

    private MailWorker(Process process) => _process = process;

    /// <param name="database">Whose queue it works on.</param>
    /// <param name="smtpPort">Where the mail server listens.</param>
    /// <param name="now">The worker's time at its start: a dead one's leases have lapsed if it is late enough.</param>
    public static async Task<MailWorker> StartAsync(TestDatabase database, int smtpPort, DateTimeOffset now)
    {
        string[] arguments = [typeof(MailWorker).Assembly.Location, Argument, $"{database.Provider}", database.ConnectionString,
            $"{smtpPort}", now.UtcTicks.ToString(CultureInfo.InvariantCulture)];
        var worker = new MailWorker(Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        (await worker._process.StandardOutput.ReadLineAsync()).Should().Be("ready");
        return worker;
    }

    public Task GoAsync() => _process.StandardInput.WriteLineAsync("go");

    public async Task DoneAsync() => (await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2))).Should().Be("done");

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public static async Task<int> RunAsync(string provider, string database, string smtpPort, string ticks)
    {
        await using var contexts = TestDatabase.Open(Enum.Parse<DatabaseProvider>(provider), database);
        var clock = new ShiftedTime(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero));
        var options = Options.Create(new MailOptions
        {
            Host = "127.0.0.1",
            Port = int.Parse(smtpPort, CultureInfo.InvariantCulture),
            Security = SecureSocketOptions.None,
            From = "no-reply@book.example.test",
        });
        var (_, sender) = MailTestHost.New(
            contexts, new MessageQueue(contexts), new SmtpTransport(options, clock, NullLogger<SmtpTransport>.Instance), clock);
        var writer = new MessageWriter(contexts, new MessageSettings());
        await writer.StartAsync(CancellationToken.None);

        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        while (await writer.ReadAsync(clock.GetUtcNow(), CancellationToken.None) > 0)
        {
        }

        await sender.SendDueAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync("done");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
