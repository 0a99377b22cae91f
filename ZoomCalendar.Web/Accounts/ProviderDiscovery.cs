using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Reads the provider's addresses after the start. Browsers let the form of the sign-in page lead to its own page only if the policy of
/// ours names it.
/// </summary>
internal sealed partial class ProviderDiscovery(
    IOptionsMonitor<OpenIdConnectOptions> options, FormActionOrigins forms, TimeProvider clock, ILogger<ProviderDiscovery> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                var provider = await options.Get(ProviderSetup.Scheme).ConfigurationManager!.GetConfigurationAsync(stoppingToken);
                forms.Allow(new Uri(provider.AuthorizationEndpoint));
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Unreachable(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The OpenID Connect provider cannot be reached; trying again in a minute: {Problem}")]
        public static partial void Unreachable(ILogger logger, string problem);
    }
}
