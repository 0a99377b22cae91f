using Microsoft.Extensions.Logging.Console;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup.Health;
using ZoomCalendar.Web.Startup.Logs;
using ZoomCalendar.Web.Startup.Telemetry;

namespace ZoomCalendar.Web.Startup;

/// <summary>One of several equal nodes: how it hears of the others, how it is watched, how it stops. See docs/operations.md.</summary>
internal static class Operations
{
    /// <summary>Longer than a request to Zoom (15 s) and the writes after it; a supervisor has to wait longer still.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = ShutdownTimeout;
            // Everything stops claiming at once and shares the one time-out.
            options.ServicesStopConcurrently = true;
        });
        builder.Services.AddHealth();
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        if (builder.Configuration.GetValue<DatabaseProvider>($"{DatabaseOptions.SectionName}:Provider") is DatabaseProvider.PostgreSql)
        {
            builder.Services.AddSingleton<EventListener>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<EventListener>());
        }

        builder.Services.AddSingleton<NormalizedColumnBackfill>();
        builder.Services.AddHostedService<NormalizedColumnsService>();
        return builder.AddProxy().AddTelemetry();
    }
}
