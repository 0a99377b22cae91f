using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Privacy;

/// <summary>The files of a booker's data, for admins. A post, so that the address stands in no log or history.</summary>
internal static class BookerExportEndpoint
{
    public const string Path = "/privacy/export";

    // Binding a form is what makes the antiforgery check happen.
    public static async Task<Results<FileContentHttpResult, RedirectHttpResult, NotFound, StatusCodeHttpResult>> ExportAsync(
        [FromForm] string subAccount,
        [FromForm] string email,
        [FromForm] string format,
        ClaimsPrincipal principal,
        HttpContext context,
        WorkspaceReader workspaces,
        BookerDataReader reader,
        MessageIds ids,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await workspaces.FindAsync(subAccount, principal, cancellationToken) is not { } workspace)
        {
            return TypedResults.NotFound();
        }

        if (!workspace.IsAdmin)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!EmailAddress.IsValid(email))
        {
            return TypedResults.NotFound();
        }

        var outcome = await reader.ExportAsync(EmailAddress.Clean(email), workspace.Actor, now, cancellationToken);
        return outcome.Data is { } data ? BookerFiles.Of(data, format, ids.Host, context)
            : outcome.Refusal is Refusal.ProofNeeded ? TypedResults.LocalRedirect(workspace.Url($"{AppUrls.Privacy}?again=true"))
            : TypedResults.NotFound();
    }
}
