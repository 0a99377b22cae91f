using Microsoft.AspNetCore.Components.Server.Circuits;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Web.Startup.Telemetry;

/// <summary>
/// Sends metrics and traces over OTLP if an endpoint is set. Settings are OpenTelemetry's own variables
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>, <c>…_HEADERS</c>, <c>OTEL_METRIC_EXPORT_INTERVAL</c>,
/// <c>OTEL_TRACES_SAMPLER</c>). Without the first, nothing is collected. Log lines are not sent.
/// </summary>
internal static class TelemetrySetup
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly MetricStreamConfiguration NpgsqlMetrics = new()
    {
        // Without pool names, which contain the connection string.
        TagKeys = ["state", "db.client.connection.state", "error.type"],
    };

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
        {
            return builder;
        }

        // The exporter of metrics and traces would export log lines too, without the redaction of the console's.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
        var services = builder.Services;
        services.AddSingleton<CircuitHandler, CircuitMetrics>();
        services.AddHostedService<OperationalMetrics>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("zoomcalendar",
                serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics
                .AddMeter(Metrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
                .AddView(instrument => instrument.Meter.Name == "Npgsql" ? NpgsqlMetrics : null))
            .WithTracing(traces => traces
                .AddSource(Metrics.Name, "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments(
                    "/healthz", StringComparison.OrdinalIgnoreCase))
                .AddProcessor(new SpanTagFilter()))
            .UseOtlpExporter();
        return builder;
    }
}
