using System.Diagnostics;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web.Settings;

/// <summary>The app as the README's section on Production publishes, sets and starts it, word for word, in folders of this test.</summary>
public sealed partial class PublishedApp : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-published-");
    private readonly int _port = AppProcess.FreePort();
    private readonly string[] _blocks;

    public PublishedApp()
    {
        var section = Section().Match(File.ReadAllText(Path.Combine(Sources.Root, "README.md"))).Value;
        _blocks = [.. Block().Matches(section).Select(match => match.Groups["script"].Value.TrimEnd())];
    }

    public Uri Address => new($"http://localhost:{_port}");

    /// <summary>The lines without which it does not start, by the variable that each sets.</summary>
    public IReadOnlyDictionary<string, string> Required => Exports(_blocks[1]);

    private IReadOnlyDictionary<string, string> Usual => Exports(_blocks[2]);

    private string Start => _blocks[3];

    /// <summary>The line that makes the first account.</summary>
    public string CreateAdmin => _blocks[4];

    public async Task InitializeAsync()
    {
        var (exit, output, errors) = await RunAsync([], _blocks[0], TimeSpan.FromMinutes(10));
        exit.Should().Be(0, output + errors);
    }

    /// <summary>Starts it with all settings but one, and waits for its end.</summary>
    public Task<(int Exit, string Output, string Errors)> EndsAsync(string? without = null, string changed = "", string? start = null) =>
        RunAsync(
            [.. Required.Where(setting => setting.Key != without).Select(setting => setting.Value), .. Usual.Values, changed],
            $"exec {start ?? Start}",
            TimeSpan.FromMinutes(1));

    public Task<(int Exit, string Output, string Errors)> EndsWithoutSettingsAsync() =>
        RunAsync([], $"exec {Start}", TimeSpan.FromMinutes(1));

    /// <summary>Starts it with exactly the settings of the README.</summary>
    public Process Serve() => Launch(string.Join('\n', [.. Required.Values, .. Usual.Values, $"exec {Start}"]));

    /// <summary>Writes what the app says into a file beside its data, as a supervisor does.</summary>
    public async Task KeepLinesAsync(StreamReader lines)
    {
        await using var file = new FileStream(
            Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.log"), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        await lines.BaseStream.CopyToAsync(file);
    }

    /// <summary>
    /// Files that the app or its supervisor wrote and that contain a secret of the settings, also as a dump of the process would.
    /// </summary>
    public IReadOnlyList<string> FilesWithASecret()
    {
        var key = File.ReadAllText(Path.Combine(_folder.FullName, "etc", "master.key")).Trim();
        string[] secrets = ["your-client-secret", "your-password", key];
        return
        [
            .. from file in Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories)
               where !file.EndsWith("master.key", StringComparison.Ordinal)
               let bytes = ReadShared(file)
               where secrets.Any(secret => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) >= 0)
               select file,
        ];
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(IEnumerable<string> settings, string command, TimeSpan within)
    {
        using var process = Launch(string.Join('\n', [.. settings, command]));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output, await errors);
    }

    private Process Launch(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", InOurFolders(script)])
        {
            WorkingDirectory = Sources.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing that this test run was told reaches the app.
        var kept = start.Environment.Where(
            variable => variable.Key is "PATH" or "HOME" or "DOTNET_ROOT" or "NUGET_PACKAGES" or "TMPDIR" or "HTTP_PROXY" or "HTTPS_PROXY")
            .ToList();
        start.Environment.Clear();
        kept.ForEach(start.Environment.Add);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return Process.Start(start)!;
    }

    private string InOurFolders(string script) => script
        .Replace("/opt/zoomcalendar", Path.Combine(_folder.FullName, "opt"), StringComparison.Ordinal)
        .Replace("/etc/zoomcalendar", Path.Combine(_folder.FullName, "etc"), StringComparison.Ordinal)
        .Replace("/var/lib/zoomcalendar", Path.Combine(_folder.FullName, "data"), StringComparison.Ordinal)
        .Replace("http://localhost:5080", Address.ToString(), StringComparison.Ordinal);

    private static byte[] ReadShared(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        open.CopyTo(copy);
        return copy.ToArray();
    }

    private static Dictionary<string, string> Exports(string block) =>
        block.Split('\n').ToDictionary(line => Export().Match(line).Groups["key"].Value, line => line);

    [GeneratedRegex("^## Run it in Production$.*?(?=^## )", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("^```sh\n(?<script>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^export (?<key>\w+)=")]
    private static partial Regex Export();
}
