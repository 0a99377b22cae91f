using Microsoft.Extensions.Logging.Console;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup.Health;
using ZoomCalendar.Web.Startup.Logs;
using ZoomCalendar.Web.Startup.Telemetry;

namespace ZoomCalendar.Web.Startup;

/// <summary>
/// Configures a node: shutdown, health, logs, telemetry, the proxy, and notifications from other nodes. See docs/operations.md.
/// </summary>
internal static class Operations
{
    /// <summary>Longer than a request to Zoom (15 s) and the writes after it. A supervisor has to wait longer than this.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = ShutdownTimeout;
            // All services stop taking work at the same time and share one time-out.
            options.ServicesStopConcurrently = true;
        });
        builder.Services.AddHealth();
        builder.Logging.AddConsoleFormatter<JsonLinesFormatter, ConsoleFormatterOptions>();
        if (builder.Configuration.GetValue<DatabaseProvider>($"{DatabaseOptions.SectionName}:Provider") is DatabaseProvider.PostgreSql)
        {
            builder.Services.AddSingleton<EventListener>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<EventListener>());
        }

        builder.Services.AddSingleton<NormalizedColumnBackfill>();
        builder.Services.AddHostedService<NormalizedColumnBackfillService>();
        return builder.AddProxy().AddTelemetry();
    }
}
