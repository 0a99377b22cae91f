using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Web.Startup.Telemetry;

/// <summary>Counts the circuits of this node: all, and those with a connected browser.</summary>
internal sealed class CircuitMetrics : CircuitHandler
{
    private readonly UpDownCounter<int> _held;
    private readonly UpDownCounter<int> _connected;

    public CircuitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Metrics.Name);
        _held = meter.CreateUpDownCounter<int>("zoomcalendar.circuits", "{circuit}", "Open pages held in memory.");
        _connected = meter.CreateUpDownCounter<int>(
            "zoomcalendar.circuits.connected", "{circuit}", "Open pages whose browser is connected.");
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => CountAsync(_held, 1);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => CountAsync(_held, -1);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => CountAsync(_connected, 1);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => CountAsync(_connected, -1);

    private static Task CountAsync(UpDownCounter<int> counter, int change)
    {
        counter.Add(change);
        return Task.CompletedTask;
    }
}
