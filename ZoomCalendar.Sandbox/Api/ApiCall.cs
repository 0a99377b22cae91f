using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>Who calls what. <see cref="Refusal"/> is why Zoom would not even look at it.</summary>
internal sealed record ApiCall(RequestKind Kind, SandboxUser? User, IReadOnlyList<string> Scopes, Answer? Refusal)
{
    /// <summary>The number of this request among the host's counted ones of the day.</summary>
    public int? CountedAs { get; init; }

    public static ApiCall Of(HttpContext context) => (ApiCall)context.Items[typeof(ApiCall)]!;
}

internal sealed class CallReader(TokenVault vault, UserDirectory users, SandboxClock clock)
{
    public ApiCall Read(HttpRequest request)
    {
        var kind = RequestKinds.Of(request);

        if (!request.Path.StartsWithSegments("/v2"))
        {
            return new ApiCall(kind, null, [], null);
        }

        var header = request.Headers.Authorization.ToString();
        var grant = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? vault.Find(header["Bearer ".Length..].Trim()) : null;

        if (grant is null)
        {
            return new ApiCall(kind, null, [], ZoomErrors.InvalidToken);
        }

        var user = users.ById(grant.UserId);

        // An unauthenticated request belongs to nobody, so it counts for nobody.
        return user switch
        {
            _ when grant.Superseded => new ApiCall(kind, null, [], ZoomErrors.SupersededToken),
            _ when grant.Expires <= clock.Now => new ApiCall(kind, null, [], ZoomErrors.ExpiredToken),
            null => new ApiCall(kind, null, [], ZoomErrors.InvalidToken),
            { Deleted: true } => new ApiCall(kind, user, grant.Scopes, ZoomErrors.NoUser(user.Id)),
            _ when !users.AccountOf(user).Approved => new ApiCall(kind, user, grant.Scopes, ZoomErrors.DisabledByAdmin),
            _ => new ApiCall(kind, user, grant.Scopes, MissingScope(kind, grant)),
        };
    }

    private static Answer? MissingScope(RequestKind kind, AccessGrant grant) =>
        ZoomScopes.NeededFor(kind) is { } scope && !grant.Scopes.Contains(scope) ? ZoomErrors.MissingScope(scope) : null;
}
