using Microsoft.AspNetCore.Components.Server.Circuits;
using ZoomCalendar.Core.Accounts.Audit;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Says where a request comes from, for the audit log.</summary>
internal static class RequestOriginSetup
{
    /// <summary>After the proxy: the address is the visitor's.</summary>
    public static WebApplication UseRequestOrigin(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            RequestOrigin.Current = Of(context);
            return next(context);
        });
        return app;
    }

    public static RequestOrigin Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress is { } address
            ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
            : "",
        context.Request.Headers.UserAgent.ToString());
}

/// <summary>The events of an open page come from where the page was opened.</summary>
internal sealed class RequestOriginCircuitHandler : CircuitHandler
{
    private RequestOrigin _origin = RequestOrigin.None;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The request of the page's connection is still running.
        _origin = RequestOrigin.Current;
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) =>
        context =>
        {
            RequestOrigin.Current = _origin;
            return next(context);
        };
}
