using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Startup.Health;

/// <summary>
/// Healthy if the database answers and has every migration of this version. Newer migrations are accepted: docs/adr/0010.
/// </summary>
internal sealed class DatabaseCheck(IDbContextFactory<ZoomCalendarContext> contexts, TimeProvider clock) : IHealthCheck
{
    public const string Unreachable = "database_unreachable";
    public const string Pending = "migrations_pending";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken).WaitAsync(Timeout, clock, cancellationToken);
            return db.Database.GetMigrations().Except(applied).Any() ? HealthCheckResult.Unhealthy(Pending) : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or TimeoutException or InvalidOperationException
            or IOException)
        {
            // Only the code of the reason: an exception of the database can contain hosts, files and users.
            return HealthCheckResult.Unhealthy(Unreachable);
        }
    }
}
