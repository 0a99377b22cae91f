using System.Security.Claims;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

internal static class ClaimsPrincipalExtensions
{
    /// <summary>The signed-in user; null for a visitor.</summary>
    public static UserId? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? new UserId(id) : null;
}
