using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ZoomCalendar.Web.Workspaces;

internal static class WorkspaceSetup
{
    public static WebApplicationBuilder AddWorkspaces(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkspaceReader>();
        builder.Services.AddScoped<CurrentWorkspace>();
        builder.Services.AddScoped<KeptShell>();
        builder.Services.AddSingleton<OpenSessions>();
        builder.Services.AddHostedService<OpenSessionsService>();
        builder.Services.AddScoped<CircuitHandler, WorkspaceCircuitHandler>();
        return builder;
    }
}
