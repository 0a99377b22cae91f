using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Web.Connect;

internal static class SandboxComposition
{
    /// <summary>Must run before <see cref="ZoomOptions"/> are read, because they contain the sandbox's address.</summary>
    public static Task StartSandboxAsync(this WebApplication app) => app.Services.GetRequiredService<SandboxHost>().StartAsync(app);
}

/// <summary>Sets the sandbox's addresses and credentials in the Zoom options if there is a sandbox.</summary>
internal sealed class SandboxZoomOptions(SandboxHost sandbox) : IPostConfigureOptions<ZoomOptions>
{
    public void PostConfigure(string? name, ZoomOptions options)
    {
        if (sandbox.Address is not { } address)
        {
            return;
        }

        var known = new SandboxOptions();
        options.ClientId = known.ClientId;
        options.ClientSecret = known.ClientSecret;
        options.WebhookSecretToken = known.WebhookSecretToken;
        options.OAuthBaseUrl = address;
        options.ApiBaseUrl = $"{address}/v2";
    }
}
