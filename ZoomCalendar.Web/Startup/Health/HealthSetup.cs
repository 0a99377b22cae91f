using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ZoomCalendar.Web.Startup.Health;

/// <summary>
/// Health endpoints for load balancers and supervisors. <c>live</c>: the process answers; if not, restart it. <c>ready</c>: it can serve;
/// if not (503), send visitors to another node. The response contains only reason codes.
/// </summary>
internal static class HealthSetup
{
    public const string Live = "/healthz/live";
    public const string Ready = "/healthz/ready";

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StoppingCheck>("stopping")
        .AddCheck<DatabaseCheck>("database")
        .AddCheck<ReconcilerCheck>("reconciler");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(Live, Options(_ => false)).AllowAnonymous();
        routes.MapHealthChecks(Ready, Options(_ => true)).AllowAnonymous();
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> checks) => new()
    {
        Predicate = checks,
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new HealthAnswer(
            report.Status is HealthStatus.Healthy ? "ok" : "unavailable",
            [.. report.Entries.Where(
                entry => entry.Value.Status is not HealthStatus.Healthy).Select(entry => entry.Value.Description ?? entry.Key)])),
    };

    private sealed record HealthAnswer(string Status, IReadOnlyList<string> Reasons);
}
