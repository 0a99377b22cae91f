using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>The caller and the operation. <see cref="Refusal"/> is set if Zoom rejects the call before processing it.</summary>
internal sealed record SandboxCall(RequestKind Kind, SandboxUser? User, IReadOnlyList<string> Scopes, SandboxAnswer? Refusal)
{
    /// <summary>The number of this request among the host's counted ones of the day.</summary>
    public int? CountedAs { get; init; }

    public static SandboxCall Of(HttpContext context) => (SandboxCall)context.Items[typeof(SandboxCall)]!;
}

internal sealed class CallReader(TokenStore vault, UserDirectory users, SandboxClock clock)
{
    public SandboxCall Read(HttpRequest request)
    {
        var kind = RequestKinds.Of(request);

        if (!request.Path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase))
        {
            return new SandboxCall(kind, null, [], null);
        }

        var header = request.Headers.Authorization.ToString();
        var grant = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? vault.Find(header["Bearer ".Length..].Trim()) : null;

        if (grant is null)
        {
            return new SandboxCall(kind, null, [], SandboxErrors.InvalidToken);
        }

        var user = users.ById(grant.UserId);

        // An unauthenticated request has no user, so it is not counted.
        return user switch
        {
            _ when grant.Superseded => new SandboxCall(kind, null, [], SandboxErrors.SupersededToken),
            _ when grant.Expires <= clock.Now => new SandboxCall(kind, null, [], SandboxErrors.ExpiredToken),
            null => new SandboxCall(kind, null, [], SandboxErrors.InvalidToken),
            { Deleted: true } => new SandboxCall(kind, user, grant.Scopes, SandboxErrors.NoUser(user.Id)),
            _ when !users.AccountOf(user).Approved => new SandboxCall(kind, user, grant.Scopes, SandboxErrors.DisabledByAdmin),
            _ => new SandboxCall(kind, user, grant.Scopes, MissingScope(kind, grant)),
        };
    }

    private static SandboxAnswer? MissingScope(RequestKind kind, AccessGrant grant) =>
        SandboxScopes.NeededFor(kind) is { } scope && !grant.Scopes.Contains(scope) ? SandboxErrors.MissingScope(scope) : null;
}
