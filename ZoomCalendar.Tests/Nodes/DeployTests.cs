using System.Globalization;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Startup;

namespace ZoomCalendar.Tests.Nodes;

public sealed class DeployTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    [Fact]
    public async Task The_systemd_unit_allows_a_clean_shutdown_and_few_permissions()
    {
        var path = Path.Combine(Sources.Root, "deploy", "zoomcalendar.service");
        var lines = File.ReadAllLines(path).Where(line => line.Contains('=') && line[0] != '#').Select(line => line.Split('=', 2))
            .ToLookup(parts => parts[0], parts => parts[1]);

        int.Parse(lines["TimeoutStopSec"].Single(), CultureInfo.InvariantCulture).Should()
            .BeGreaterThan((int)Operations.ShutdownTimeout.TotalSeconds);
        lines["KillSignal"].Should().Equal("SIGTERM");
        lines.Should().Contain(setting => setting.Key == "NoNewPrivileges").And.Contain(setting => setting.Key == "ProtectSystem")
            .And.NotContain(setting => setting.Key == "MemoryDenyWriteExecute");

        // Where systemd's own checker is installed it has its say as well.
        if (File.Exists(Analyze))
        {
            await Programs.RunAsync(Analyze, "/", "", "verify", "--man=no", path);
        }
    }
}
