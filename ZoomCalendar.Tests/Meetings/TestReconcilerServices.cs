using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What a process needs that does nothing but reconcile.</summary>
internal static class TestReconcilerServices
{
    public static IServiceCollection Of(
        IDbContextFactory<ZoomCalendarContext> database, TimeProvider clock, IAccessTokenProvider tokens, string zoom)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zoom:ClientId"] = "sandbox-client",
                ["Zoom:ClientSecret"] = "sandbox-secret",
                ["Zoom:OAuthBaseUrl"] = zoom,
                ["Zoom:ApiBaseUrl"] = $"{zoom.TrimEnd('/')}/v2",
            })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton(database)
            .AddSingleton(tokens)
            .AddZoomClient(configuration)
            .AddReconciliation();
    }
}
