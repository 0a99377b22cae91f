using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Web.Connect;

internal static class SandboxComposition
{
    /// <summary>Before anything reads <see cref="ZoomOptions"/>, for the sandbox's address goes into them.</summary>
    public static Task StartSandboxAsync(this WebApplication app) => app.Services.GetRequiredService<SandboxHost>().StartAsync(app);
}

/// <summary>Points everything that speaks with Zoom at the sandbox, once there is one.</summary>
internal sealed class SandboxSettings(SandboxHost sandbox) : IPostConfigureOptions<ZoomOptions>
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
