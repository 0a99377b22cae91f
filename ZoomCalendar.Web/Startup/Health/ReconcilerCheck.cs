using Microsoft.Extensions.Diagnostics.HealthChecks;
using ZoomCalendar.Core.Reconciliation;

namespace ZoomCalendar.Web.Startup.Health;

/// <summary>Healthy if this node's reconciler has recently looked for due meetings. It looks each second.</summary>
internal sealed class ReconcilerCheck(ReconcilerHeartbeat heartbeat, TimeProvider clock) : IHealthCheck
{
    public const string Starting = "reconciler_starting";
    public const string Stalled = "reconciler_stalled";

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(heartbeat.Last switch
        {
            null => HealthCheckResult.Unhealthy(Starting),
            { } last when clock.GetUtcNow() - last > MaxAge => HealthCheckResult.Unhealthy(Stalled),
            _ => HealthCheckResult.Healthy(),
        });
}
