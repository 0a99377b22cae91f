using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>
/// Debian's aiosmtpd in a process of its own; it tells each message that it says 250 to, before it says so, and when nobody is connected.
/// </summary>
internal sealed class RecordingSmtpServer : IAsyncDisposable
{
    private const string Script =
        """
        import asyncio, email, random
        from aiosmtpd.smtp import SMTP

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                await asyncio.sleep(random.uniform(0, 0.01))
                print("mail", email.message_from_bytes(envelope.content)["Message-ID"].strip("<>"), flush=True)
                return "250 OK"

        class Server(SMTP):
            def connection_made(self, transport):
                print("open", flush=True)
                super().connection_made(transport)

            def connection_lost(self, error):
                super().connection_lost(error)
                print("closed", flush=True)

        async def main():
            server = await asyncio.get_running_loop().create_server(lambda: Server(Handler(), hostname="mail.test"), "127.0.0.1", 0)
            print("port", server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _mails = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _open;

    private RecordingSmtpServer(Process process) => _process = process;

    public int Port { get; private set; }

    /// <summary>Message-IDs in the order of arrival; one that came twice is there twice.</summary>
    public IReadOnlyList<string> Received => [.. _mails];

    public static async Task<RecordingSmtpServer> StartAsync()
    {
        var server = new RecordingSmtpServer(
            Process.Start(new ProcessStartInfo(SmtpServerFactAttribute.Python, ["-c", Script]) { RedirectStandardOutput = true })!);
        server._process.OutputDataReceived += (_, line) => server.Heard(line.Data ?? "");
        server._process.BeginOutputReadLine();
        server.Port = await server._port.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    /// <summary>So many in all have come; of the last one the client may or may not know.</summary>
    public async Task ArrivedAsync(int count)
    {
        while (_mails.Count < count)
        {
            await _arrived.WaitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>What a dead client had already sent is worked through.</summary>
    public Task QuietAsync() =>
        Eventually.HoldsAsync(() => Volatile.Read(ref _open) == 0, TimeSpan.FromMinutes(1), "nobody is connected to the mail server");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Heard(string line)
    {
        switch (line.Split(' '))
        {
            case ["port", var port]:
                _port.SetResult(int.Parse(port, CultureInfo.InvariantCulture));
                break;
            case ["mail", var id]:
                _mails.Enqueue(id);
                _arrived.Release();
                break;
            case ["open"]:
                Interlocked.Increment(ref _open);
                break;
            case ["closed"]:
                Interlocked.Decrement(ref _open);
                break;
        }
    }
}
