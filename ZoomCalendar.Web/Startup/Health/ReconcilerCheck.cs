using Microsoft.Extensions.Diagnostics.HealthChecks;
using ZoomCalendar.Core.Reconciliation;

namespace ZoomCalendar.Web.Startup.Health;

/// <summary>This node's reconciler has looked for due meetings lately. It does so each second.</summary>
internal sealed class ReconcilerCheck(ReconcilerHeartbeat pulse, TimeProvider clock) : IHealthCheck
{
    public const string Starting = "reconciler_starting";
    public const string Stalled = "reconciler_stalled";

    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(pulse.Last switch
    {
        null => HealthCheckResult.Unhealthy(Starting),
        { } last when clock.GetUtcNow() - last > MostAge => HealthCheckResult.Unhealthy(Stalled),
        _ => HealthCheckResult.Healthy(),
    });
}
