using Microsoft.AspNetCore.WebUtilities;

namespace ZoomCalendar.Sandbox.Pages;

/// <summary>The app's authorization request, passed through the pages as its original query.</summary>
internal sealed record AuthorizeRequest(
    string Query,
    string ClientId,
    string RedirectUri,
    string? State,
    string? Challenge,
    string? ChallengeMethod,
    string? ResponseType,
    bool HasScope)
{
    public string Path => $"/oauth/authorize{Query}";

    public static AuthorizeRequest Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Value(string name) => values.TryGetValue(name, out var value) ? value.ToString() : null;

        return new AuthorizeRequest(
            query is { Length: > 0 } && query[0] != '?' ? $"?{query}" : query ?? "",
            Value("client_id") ?? "",
            Value("redirect_uri") ?? "",
            Value("state"),
            Value("code_challenge"),
            Value("code_challenge_method"),
            Value("response_type"),
            values.ContainsKey("scope"));
    }

    /// <summary>The error that Zoom shows on its own page instead of returning to the app. Null: none.</summary>
    public (string Title, string Text)? Mistake(SandboxOptions options)
    {
        if (ClientId != options.ClientId)
        {
            return ("Application not found", "Invalid client_id.");
        }

        if (!IsRegistered(options))
        {
            return ("Invalid redirect URL (4700)", $"Invalid redirect: {RedirectUri} (4700)");
        }

        if (ResponseType != "code")
        {
            return ("Invalid request", "response_type must be code.");
        }

        if (HasScope)
        {
            return ("Invalid scope", "The scopes are configured in the Marketplace; the address must not contain the parameter scope.");
        }

        return Challenge is not null && ChallengeMethod != "S256" ? ("Invalid request", "code_challenge_method must be S256.") : null;
    }

    public string Back(string name, string value)
    {
        var back = QueryHelpers.AddQueryString(RedirectUri, name, value);
        return State is null ? back : QueryHelpers.AddQueryString(back, "state", State);
    }

    private bool IsRegistered(SandboxOptions options) =>
        options.RedirectUris.Count > 0
            ? options.RedirectUris.Contains(RedirectUri)
            : Uri.TryCreate(RedirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Fragment.Length == 0;
}
