using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ZoomCalendar.Web.Startup.Health;

/// <summary>Unhealthy while the node stops, so that it receives no new visitors.</summary>
internal sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public const string Stopping = "stopping";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy(Stopping) : HealthCheckResult.Healthy());
}
