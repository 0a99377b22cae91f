using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// Debian's nginx with the example that we ship: only what the example tells its readers to change is changed, and where files lie.
/// </summary>
internal sealed class Nginx : IAsyncDisposable
{
    public const string Executable = "/usr/sbin/nginx";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-nginx-");
    private readonly Process _process;

    private Nginx(IReadOnlyList<Uri> nodes)
    {
        Address = new Uri($"https://localhost:{AppProcess.FreePort()}");
        WriteCertificate();
        File.WriteAllText(PathOf("nginx.conf"), Configuration(nodes));
        _process = Process.Start(
            new ProcessStartInfo(Executable, ["-p", _folder.FullName, "-c", PathOf("nginx.conf"), "-g", "daemon off;"]))!;
    }

    public Uri Address { get; }

    /// <summary>One line a request: address, time, method, status, node, seconds.</summary>
    public IReadOnlyList<string> Log => File.Exists(PathOf("access.log")) ? File.ReadAllLines(PathOf("access.log")) : [];

    public static async Task<Nginx> StartAsync(IReadOnlyList<Uri> nodes)
    {
        var nginx = new Nginx(nodes);
        using var http = nginx.NewClient();
        await Eventually.HoldsAsync(() => nginx.AnswersAsync(http), TimeSpan.FromSeconds(30), "nginx answers");
        return nginx;
    }

    /// <summary>Takes its self-signed certificate; follows no redirect.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        _process.HasExited.Should().BeFalse("nginx takes the example");
        try
        {
            using var answer = await http.GetAsync("/healthz/live");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration(IReadOnlyList<Uri> nodes)
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "deploy", "nginx.conf"));
        Replace("user www-data;", Environment.IsPrivilegedProcess ? "user root;" : "");
        Replace("/run/nginx.pid", PathOf("nginx.pid"));
        Replace("/var/log/nginx/zoomcalendar-error.log", PathOf("error.log"));
        Replace("/var/log/nginx/zoomcalendar.log", PathOf("access.log"));
        Replace("/etc/ssl/certs/book.example.com.pem", PathOf("certificate.pem"));
        Replace("/etc/ssl/private/book.example.com.key", PathOf("certificate.key"));
        Replace("book.example.com", "localhost");
        Replace("listen 80;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{AppProcess.FreePort()};"));
        Replace("listen 443 ssl;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{Address.Port} ssl;"));
        for (var i = 0; i < nodes.Count; i++)
        {
            Replace($"10.0.0.1{i + 1}:5080", $"127.0.0.1:{nodes[i].Port}");
        }

        return text;

        void Replace(string given, string own)
        {
            text.Should().Contain(given, "the example has not changed under this test");
            text = text.Replace(given, own, StringComparison.Ordinal);
        }
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(PathOf("certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("certificate.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
