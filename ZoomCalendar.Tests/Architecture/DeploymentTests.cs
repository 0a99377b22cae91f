namespace ZoomCalendar.Tests.Architecture;

/// <summary>What the examples for operators promise. That nginx takes its file is for NodesUnderFireTests.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public void The_systemd_unit_lets_nobody_dump_the_memory()
    {
        var lines = File.ReadAllLines(Path.Combine(Sources.Root, "deploy", "zoomcalendar.service"));

        lines.Should().Contain("LimitCORE=0").And.Contain("Environment=DOTNET_EnableDiagnostics=0").And.Contain("UMask=0077");
    }

    [Fact]
    public void Nothing_that_is_shipped_turns_on_dumps_of_a_crash()
    {
        string[] folders = ["deploy", ".ci", "docs", "ZoomCalendar.Web"];
        var files = folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Sources.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => Path.GetExtension(file) is "" or ".md" or ".service" or ".json" or ".conf" or ".csproj" or ".cs")
            .Append(Path.Combine(Sources.Root, "README.md"));

        files.Where(file => File.ReadAllText(file).Contains("DbgEnableMiniDump", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void The_proxy_speaks_modern_TLS_only_and_leads_no_program_from_http_to_https()
    {
        var proxy = File.ReadAllText(Path.Combine(Sources.Root, "deploy", "nginx.conf"));

        proxy.Should().Contain("ssl_protocols TLSv1.2 TLSv1.3;").And.MatchRegex("ssl_ciphers (ECDHE-[A-Z0-9-]+[:;])+\n");
        proxy.Should().Contain("location /api/ { return 403; }").And.Contain("location /zoom/webhooks { return 403; }");
    }
}
