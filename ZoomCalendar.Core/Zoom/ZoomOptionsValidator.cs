using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>Validates the settings. Each failure names the key and the remedy.</summary>
public sealed class ZoomOptionsValidator : IValidateOptions<ZoomOptions>
{
    public ValidateOptionsResult Validate(string? name, ZoomOptions options)
    {
        var failures = Failures(options).ToList();

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ZoomOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return "Zoom:ClientId is missing. Set it with user-secrets or Zoom__ClientId.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            yield return "Zoom:ClientSecret is missing. Set it with user-secrets or Zoom__ClientSecret.";
        }

        if (!IsUsable(options.OAuthBaseUrl))
        {
            yield return "Zoom:OAuthBaseUrl must be an https address without a query, such as https://zoom.us. "
                + "Correct it in appsettings.json or Zoom__OAuthBaseUrl.";
        }

        if (!IsUsable(options.ApiBaseUrl))
        {
            yield return "Zoom:ApiBaseUrl must be an https address without a query, such as https://api.zoom.us/v2. "
                + "Correct it in appsettings.json or Zoom__ApiBaseUrl.";
        }

        if (options.WebhookSecretToken is { Length: > 0 } secret && string.IsNullOrWhiteSpace(secret))
        {
            yield return "Zoom:WebhookSecretToken is blank. Set it with user-secrets or Zoom__WebhookSecretToken, or remove it to do "
                + "without webhooks.";
        }

        if (options.QuotaReserve is < 0 or > ZoomOptions.RequestsPerDay)
        {
            yield return "Zoom:QuotaReserve must lie between 0 and 100. Correct it in appsettings.json or Zoom__QuotaReserve.";
        }

        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > ZoomOptions.MaxRequestTimeout)
        {
            yield return "Zoom:RequestTimeout must be more than zero and at most 00:00:15. "
                + "Correct it in appsettings.json or Zoom__RequestTimeout.";
        }

        if (options.MaxConcurrentRequests < 1)
        {
            yield return "Zoom:MaxConcurrentRequests must be at least 1. Correct it in appsettings.json or Zoom__MaxConcurrentRequests.";
        }
    }

    // Plain http would expose the client secret, so it is allowed for loopback addresses (the sandbox) only.
    private static bool IsUsable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}
