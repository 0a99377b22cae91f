using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Testing;

/// <summary>The app as a process of its own, so that it can die as processes do. It uses the sandbox that the test runs.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _errors = [];
    private bool _inError;

    private AppProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>What it logged as an error and, last, what it died of, line by line.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    /// <param name="data">The same again is a restart.</param>
    /// <param name="zoom">The sandbox it connects to.</param>
    /// <param name="settings">Further settings, <c>Section__Key</c>.</param>
    /// <param name="at">Where it listens; any free port by default.</param>
    public static async Task<AppProcess> StartAsync(
        AppData data, SandboxServer zoom, IReadOnlyDictionary<string, string>? settings = null, Uri? at = null)
    {
        var app = Launch(data, zoom, settings, at);
        await app.AnswersAsync();
        return app;
    }

    /// <summary>As <see cref="StartAsync"/>, without waiting for its pages.</summary>
    public static AppProcess Launch(AppData data, SandboxServer zoom, IReadOnlyDictionary<string, string>? settings = null, Uri? at = null)
    {
        var address = at ?? new Uri($"http://localhost:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ZoomCalendar.Web.dll")])
        {
            WorkingDirectory = data.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // It lives for seconds: code compiled to be measured first would never pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Sandbox__Port"] = zoom.BaseAddress.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (key, value) in data.Settings.Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var app = new AppProcess(Process.Start(start)!, address);
        // Unread pipes would stop it one day.
        app._process.OutputDataReceived += (_, line) => app.Hear(line.Data);
        app._process.ErrorDataReceived += (_, line) => app.Keep(line.Data);
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    public Task AnswersAsync() => Eventually.HoldsAsync(IsAnsweringAsync, StartsWithin, "the app answers");

    public async Task<HttpClient> SignedInAsync(string email)
    {
        var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        var answer = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", "Zoom-Calendar-1"));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "{0} signs in", email);
        return visitor;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is said.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, as a supervisor sends it.</summary>
    /// <returns>Its exit code, once it has gone by itself.</returns>
    public async Task<int> TerminateAsync(TimeSpan within)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        // The console's logger puts the level on a line of its own, and what it says below, indented.
        _inError = line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
            || (_inError && line.StartsWith(' '));
        if (_inError)
        {
            Keep(line);
        }
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            _errors.AddRange(line is null ? [] : [line]);
        }
    }

    private async Task<bool> IsAnsweringAsync()
    {
        if (_process.HasExited)
        {
            // Also waits for the last lines it wrote.
            await _process.WaitForExitAsync();
            throw new InvalidOperationException($"The app ended with {_process.ExitCode}. It said: {string.Join('\n', Errors)}");
        }

        using var http = new HttpClient();
        try
        {
            return (await http.GetAsync(new Uri(Address, "/account/sign-in"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
