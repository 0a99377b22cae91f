using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Startup.Health;

namespace ZoomCalendar.Tests.Web;

public sealed class HealthTests
{
    private static readonly HealthCheckContext Context = new();

    [Fact]
    public async Task A_node_is_live_and_ready_and_says_why_when_it_is_not()
    {
        await using var app = await AppHost.StartAsync();
        using var anybody = app.NewVisitor();
        await Eventually.HoldsAsync(
            async () => await StatusAsync(anybody, HealthSetup.Ready) == HttpStatusCode.OK,
            TimeSpan.FromSeconds(30),
            "the reconciler has looked once");
        (await anybody.GetStringAsync(HealthSetup.Ready)).Should().Be("""{"status":"ok","reasons":[]}""");

        await using (var db = await app.OpenDatabaseAsync())
        {
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" """);
        }

        var unready = await anybody.GetAsync(HealthSetup.Ready);
        unready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        var answer = JsonDocument.Parse(await unready.Content.ReadAsStringAsync()).RootElement;
        answer.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()).Should().Equal(DatabaseCheck.Pending);
        (await StatusAsync(anybody, HealthSetup.Live)).Should().Be(HttpStatusCode.OK, "restarting it would not help");

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stopping = new StoppingCheck(app.Services.GetRequiredService<IHostApplicationLifetime>());
        (await stopping.CheckHealthAsync(Context)).Description.Should().Be(StoppingCheck.Stopping);
    }

    [Fact]
    public async Task An_unreachable_database_is_a_reason_without_details()
    {
        var nowhere = TestDatabase.Open(
            DatabaseProvider.PostgreSql,
            $"Host=127.0.0.1;Port={AppProcess.FreePort()};Username=secret-user;Password=secret-password;Database=secret");

        var result = await new DatabaseCheck(nowhere, TimeProvider.System).CheckHealthAsync(Context);

        result.Should().BeEquivalentTo(HealthCheckResult.Unhealthy(DatabaseCheck.Unreachable));
    }

    [Fact]
    public async Task A_reconciler_without_a_heartbeat_for_30_seconds_is_a_reason()
    {
        var (heartbeat, clock) = (new ReconcilerHeartbeat(), new FakeTimeProvider());
        var check = new ReconcilerCheck(heartbeat, clock);

        (await check.CheckHealthAsync(Context)).Description.Should().Be(ReconcilerCheck.Starting);
        heartbeat.Beat(clock.GetUtcNow());
        clock.Advance(TimeSpan.FromSeconds(30));
        (await check.CheckHealthAsync(Context)).Status.Should().Be(HealthStatus.Healthy);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await check.CheckHealthAsync(Context)).Description.Should().Be(ReconcilerCheck.Stalled);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient visitor, string path) => (await visitor.GetAsync(path)).StatusCode;
}
