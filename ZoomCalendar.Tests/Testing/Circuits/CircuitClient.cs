using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Testing.Circuits;

/// <summary>
/// An open page behind sign-in without a browser: its circuit over a real web socket. It confirms what is rendered, answers calls of
/// scripts with nothing, and sends events as a browser would, also those that no browser would send.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _isShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _calls = [];
    private volatile TaskCompletionSource _nextBatch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<long, PageHandler> _handlers = [];
    private long _events;
    private long _lastCall;
    private Task _receiving = Task.CompletedTask;

    /// <summary>What the server said when it gave the page up; null: the page lives.</summary>
    public string? Error { get; private set; }

    public bool IsOpen => Error is null && _socket.State is WebSocketState.Open;

    /// <summary>How often something was drawn.</summary>
    public int Batches { get; private set; }

    /// <summary>Ends when something is drawn anew.</summary>
    public Task NextBatch => _nextBatch.Task;

    public IReadOnlyList<PageHandler> Handlers
    {
        get
        {
            lock (_handlers)
            {
                return [.. _handlers.Values.OrderBy(handler => handler.Id)];
            }
        }
    }

    /// <summary>Loads the page as a browser does, and waits until its circuit has drawn it.</summary>
    /// <param name="http">Signed in, with these cookies.</param>
    /// <exception cref="HttpRequestException">The page is not an interactive one, or was refused.</exception>
    public static async Task<CircuitClient> OpenAsync(HttpClient http, CookieContainer cookies, string path)
    {
        using var answer = await http.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        var markers = Marker().Matches(html).Select(match => match.Groups["json"].Value)
            .Where(json => json.Contains("\"descriptor\"", StringComparison.Ordinal)).ToList();
        if (!answer.IsSuccessStatusCode || markers.Count == 0)
        {
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode}, {markers.Count} components", null, answer.StatusCode);
        }

        var client = new CircuitClient();
        try
        {
            await client.StartAsync(http.BaseAddress!, cookies, path, markers, State().Match(html).Groups["state"].Value);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends an event and waits until the page has dealt with it.</summary>
    /// <param name="arguments">The event's data as JSON.</param>
    /// <param name="field">What the field holds by now, as JSON; null: it is no event of a field.</param>
    public async Task SendAsync(PageHandler handler, string arguments, string? field = null)
    {
        var call = $"{Interlocked.Increment(ref _lastCall)}";
        var done = _calls[call] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var info = field is null ? "null" : $$"""{"componentId":1,"fieldValue":{{field}}}""";
        var descriptor = $$"""{"eventHandlerId":{{handler.Id}},"eventName":"{{handler.Event}}","eventFieldInfo":{{info}}}""";
        await SendAsync(HubMessages.Invocation(null, "BeginInvokeDotNetFromJS",
            call, null, "DispatchEventAsync", _events, $"[{descriptor},{arguments}]"));
        await done.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _receiving;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // As a browser whose tab is closed.
        }

        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private async Task StartAsync(Uri app, CookieContainer cookies, string path, List<string> markers, string state)
    {
        _socket.Options.Cookies = cookies;
        _socket.Options.SetRequestHeader("Origin", app.GetLeftPart(UriPartial.Authority));
        var hub = new UriBuilder(new Uri(app, "/_blazor")) { Scheme = app.Scheme == "https" ? "wss" : "ws" }.Uri;
        using var patience = new CancellationTokenSource(Patience);
        await _socket.ConnectAsync(hub, patience.Token);
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, patience.Token);
        var handshake = new byte[1_000];
        var read = await _socket.ReceiveAsync(handshake, patience.Token);
        if (Encoding.UTF8.GetString(handshake, 0, read.Count) is not "{}\u001e" and var refusal)
        {
            throw new HttpRequestException($"The hub answered {refusal}");
        }

        _receiving = Task.Run(ReceiveAsync);
        var operations = markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""");
        await SendAsync(HubMessages.Invocation("start", "StartCircuit",
            app.ToString(), new Uri(app, path).ToString(), "[]", state));
        await SendAsync(HubMessages.Invocation(null, "UpdateRootComponents",
            $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state));
        await _isShown.Task.WaitAsync(Patience);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            using var received = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (read.MessageType is WebSocketMessageType.Close)
                {
                    Fail("The server closed the connection.");
                    return;
                }

                received.Position = received.Length;
                received.Write(buffer, 0, read.Count);
                foreach (var message in HubMessages.Take(received))
                {
                    await HandleAsync(message);
                }
            }
        }
        catch (Exception gone) when (!_end.IsCancellationRequested)
        {
            Fail(gone.Message);
        }
    }

    private async Task HandleAsync(object?[] message)
    {
        switch (message)
        {
            case [6L, ..]:
                await SendAsync(HubMessages.Ping());
                break;
            case [7L, .. var rest]:
                Fail($"Closed by the server: {rest.FirstOrDefault()}");
                break;
            case [3L, _, "start", var kind, .. var result] when kind is not 3L || result is [null]:
                Fail($"The circuit did not start: {result.FirstOrDefault()}");
                break;
            case [1L, _, _, string method, object?[] arguments, ..]:
                await HandleAsync(method, arguments);
                break;
            default:
                break;
        }
    }

    private async Task HandleAsync(string method, object?[] arguments)
    {
        switch (method, arguments)
        {
            case ("JS.RenderBatch", [var id, byte[] batch, ..]):
                lock (_handlers)
                {
                    EventHandlers.Apply(batch, _handlers);
                }

                Batches++;
                Interlocked.Exchange(ref _nextBatch, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
                await SendAsync(HubMessages.Invocation(null, "OnRenderCompleted", id, null));
                break;
            case ("JS.BeginInvokeJS", [var call, string name, var given, var kind, ..]):
                if (name == "Blazor._internal.attachWebRendererInterop")
                {
                    _events = long.Parse(
                        DotNetObject().Match($"{given}").Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture);
                }

                if (call is long handle and not 0)
                {
                    var result = kind is 1L ? "{\"__jsObjectId\":1}" : AnswerOf(name);
                    await SendAsync(HubMessages.Invocation(null, "EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]"));
                }

                break;
            case ("JS.EndInvokeDotNet", [string call, ..]) when _calls.TryRemove(call, out var done):
                done.TrySetResult();
                break;
            case ("JS.EndUpdateRootComponents", _):
                _isShown.TrySetResult();
                break;
            case ("JS.Error", [var error, ..]):
                Fail($"{error}");
                break;
            default:
                break;
        }
    }

    // Where .NET expects a truth or an object, nothing is no answer.
    private static string AnswerOf(string script) => script.Split('.')[^1] switch
    {
        "matchMedia" or "isPhone" or "copy" or "isAvailable" => "false",
        "create" or "get" => """{"credential":null,"problem":"cancelled"}""",
        _ => "null",
    };

    private void Fail(string error)
    {
        Error ??= error;
        _isShown.TrySetException(new HttpRequestException(error));
        foreach (var call in _calls.Values)
        {
            call.TrySetResult();
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:(?<json>.*?)-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":(?<id>\\d+)")]
    private static partial Regex DotNetObject();
}
