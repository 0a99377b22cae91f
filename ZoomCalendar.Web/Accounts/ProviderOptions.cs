namespace ZoomCalendar.Web.Accounts;

/// <summary>The OpenID Connect provider by which people may sign in. Off without an authority.</summary>
internal sealed record ProviderOptions
{
    public const string SectionName = "OpenIdConnect";

    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>As it stands on the button, after "Sign in with".</summary>
    public string DisplayName { get; init; } = "your organization";

    /// <summary>Separated by spaces.</summary>
    public string Scopes { get; init; } = "openid profile email";

    /// <summary>Whether an account here with the address that the provider verified is linked without a question.</summary>
    public bool LinkByVerifiedEmail { get; init; }

    /// <summary>The claim whose values are the slugs of the sub-accounts that a person belongs to. Empty: none.</summary>
    public string SubAccountClaim { get; init; } = "";

    public string RoleClaim { get; init; } = "";

    /// <summary>The value of <see cref="RoleClaim"/> that makes new members admins.</summary>
    public string AdminValue { get; init; } = "";

    public bool IsOn => Authority.Length > 0;

    public static ProviderOptions Of(IConfiguration configuration) =>
        configuration.GetSection(SectionName).Get<ProviderOptions>() ?? new ProviderOptions();

    /// <returns>A sentence for each problem.</returns>
    public static IEnumerable<string> Problems(IConfiguration configuration, IHostEnvironment environment)
    {
        var options = Of(configuration);
        if (!options.IsOn)
        {
            return options is { ClientId: "", ClientSecret: "" }
                ? []
                : ["OpenIdConnect:Authority is missing, while its client is set. Set it to your provider's address, or remove the client."];
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var uri)
            || (uri.Scheme is not "https" && (uri.Scheme is not "http" || !environment.IsDevelopment())))
        {
            return
            [
                $"OpenIdConnect:Authority is \"{options.Authority}\". "
                    + "Set it to your provider's address, such as https://login.example.com.",
            ];
        }

        return
        [
            .. options.ClientId.Length > 0 ? (string[])[] : ["OpenIdConnect:ClientId is missing. Your provider shows it."],
            .. options.ClientSecret.Length > 0
                ? (string[])[]
                : ["OpenIdConnect:ClientSecret is missing. Set OpenIdConnect__ClientSecret; your provider shows it once."],
            .. (options.RoleClaim.Length > 0) == (options.AdminValue.Length > 0)
                ? (string[])[]
                : ["OpenIdConnect:RoleClaim and OpenIdConnect:AdminValue belong together. Set both or neither."],
        ];
    }
}

/// <summary>How a round trip to the provider ended, for the page that it returns to.</summary>
internal enum ProviderResult
{
    Linked,
    Refused,
    Unreachable,
    Expired,
    Unknown,
    Unverified,
    Foreign,
    Taken,
    Unproven,
}

internal static class ProviderTexts
{
    public const string Query = "provider";

    /// <summary>The sentence of a result in an address; null: none.</summary>
    public static string? Of(string? result, string provider) =>
        Enum.TryParse<ProviderResult>(result, ignoreCase: true, out var known) ? Of(known, provider) : null;

    private static string? Of(ProviderResult result, string provider) => result switch
    {
        ProviderResult.Refused => $"The sign-in with {provider} was refused or cancelled there. Try again, or sign in with your password.",
        ProviderResult.Unreachable =>
            $"The sign-in with {provider} does not work at the moment. Try again in a few minutes, or sign in with your password.",
        ProviderResult.Expired => $"The sign-in with {provider} took too long or was used already. Try again.",
        ProviderResult.Unknown => $"Nobody here is linked with this account of {provider}. If you have an account, sign in with your "
            + "password and link it under User Profile > Security. Otherwise ask an admin of your business for an invitation.",
        ProviderResult.Unverified => $"{provider} did not confirm your email address. If you have an account here, sign in with your "
            + "password and link it under User Profile > Security. Otherwise confirm your address there first, then try again.",
        ProviderResult.Foreign => "Somebody else has signed in here meanwhile. Nothing was linked. Try again.",
        ProviderResult.Taken => $"This account of {provider}, or another one of yours, is linked already. Nothing was linked.",
        ProviderResult.Unproven => "Confirm that it is you first. Nothing was linked.",
        _ => null,
    };
}
