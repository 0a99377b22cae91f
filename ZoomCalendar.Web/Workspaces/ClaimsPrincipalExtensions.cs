using System.Security.Claims;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

internal static class ClaimsPrincipalExtensions
{
    /// <summary>The claim with the id of the session row.</summary>
    public const string SessionClaim = "session";

    /// <summary>The signed-in user; null for a visitor.</summary>
    public static UserId? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? new UserId(id) : null;

    /// <summary>The session of the cookie; null for a visitor.</summary>
    public static SessionId? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? new SessionId(id) : null;
}
