using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Sandbox.Webhooks;

namespace ZoomCalendar.Sandbox.OAuth;

internal static class TokenEndpoints
{
    public static void MapTokenEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth/token", TokenAsync);
        routes.MapPost("/oauth/revoke", RevokeAsync);
    }

    private static async Task<IResult> TokenAsync(HttpRequest request, TokenStore vault, SandboxOptions options, PublicAddress address)
    {
        if (!HasCredentials(request, options))
        {
            return Refused("invalid_client", "Invalid client_id or client_secret");
        }

        // Zoom reads only the body. Parameters in the address are an error here, so that no client relies on them.
        if (!request.HasFormContentType || request.Query.Count > 0)
        {
            return Refused("invalid_request", "The parameters must be sent as a form.");
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        string? Value(string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;

        TokenAnswer? answer = Value("grant_type") switch
        {
            "authorization_code" => vault.Exchange(Value("code"), Value("redirect_uri"), Value("code_verifier")),
            "refresh_token" => vault.Refresh(Value("refresh_token")),
            _ => null,
        };

        return answer switch
        {
            null => Refused("unsupported_grant_type", "Unsupported grant type"),
            { Tokens: { } tokens } => Granted(tokens, address),
            _ => Refused(answer.Error!, answer.Reason!, answer.Code),
        };
    }

    private static async Task<IResult> RevokeAsync(HttpRequest request, TokenStore vault, SandboxOptions options, ZoomEvents events)
    {
        if (!HasCredentials(request, options))
        {
            return Refused("invalid_client", "Invalid client_id or client_secret");
        }

        var token = request.HasFormContentType ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))["token"].ToString() : "";

        if (vault.Find(token) is not { } grant)
        {
            return Refused("invalid_request", "Invalid Token!");
        }

        vault.Uninstall(grant.UserId);
        events.Deauthorized(grant.UserId);

        return Results.Json(new { status = "success" });
    }

    private static bool HasCredentials(HttpRequest request, SandboxOptions options)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"));

        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes(expected));
    }

    private static IResult Granted(SandboxTokens tokens, PublicAddress address) =>
        Results.Json(
            new
            {
                tokens.AccessToken,
                TokenType = "bearer",
                tokens.RefreshToken,
                ExpiresIn = (int)TokenStore.AccessLifetime.TotalSeconds,
                Scope = string.Join(' ', tokens.Scopes),
                ApiUrl = address.Base.ToString().TrimEnd('/'),
            },
            SandboxJson.Zoom);

    private static IResult Refused(string error, string reason, int? code = null) =>
        Results.Json(new { Code = code, Reason = reason, Error = error }, SandboxJson.Zoom, statusCode: StatusCodes.Status400BadRequest);
}
