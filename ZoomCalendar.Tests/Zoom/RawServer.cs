using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ZoomCalendar.Tests.Zoom;

/// <summary>
/// A server on loopback that answers bytes as given, for what no web server would do: break off, dribble, close an idle connection.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _requests;

    /// <param name="answer">Called for each request with its number, from 1; returns the bytes, and whether to close afterwards.</param>
    public RawServer(Func<int, (string Bytes, bool Close)> answer)
    {
        _listener.Start();
        _accepting = AcceptAsync(answer);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Requests => _requests;

    /// <summary>Done when the first answer has left.</summary>
    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<int, (string Bytes, bool Close)> answer)
    {
        var serving = new List<Task>();

        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), answer));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<int, (string Bytes, bool Close)> answer)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();

                while (await ReadRequestAsync(stream))
                {
                    var (bytes, close) = answer(Interlocked.Increment(ref _requests));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), _stop.Token);
                    Answered.TrySetResult();

                    if (close)
                    {
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client went away or the test is over.
            }
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var chunk = new byte[4096];

        while (true)
        {
            var read = await stream.ReadAsync(chunk, _stop.Token);

            if (read == 0)
            {
                return false;
            }

            text.Append(Encoding.ASCII.GetString(chunk, 0, read));
            var soFar = text.ToString();
            var end = soFar.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = soFar.Split("\r\n").FirstOrDefault(line => line.StartsWith(
                "Content-Length: ", StringComparison.Ordinal)) is { } header ? int.Parse(header[16..], CultureInfo.InvariantCulture) : 0;

            if (end >= 0 && soFar.Length >= end + 4 + length)
            {
                return true;
            }
        }
    }
}
