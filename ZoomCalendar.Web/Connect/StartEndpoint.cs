using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using NodaTime.Extensions;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>
/// Sends the host's browser into their meeting. The address carries the host's credential: it goes from Zoom's answer into this
/// one's header, and nowhere else.
/// </summary>
internal static class StartEndpoint
{
    public const string Path = "/zoom/start";

    public static void MapStart(this IEndpointRouteBuilder routes) => routes.MapPost(Path, StartAsync).RequireAuthorization();

    // Binding a form is what makes the antiforgery check happen.
    private static async Task<IResult> StartAsync(
        [FromForm] string subAccount,
        [FromForm] Guid appointment,
        HttpContext context,
        ClaimsPrincipal principal,
        WorkspaceReader workspaces,
        StartLinkFetcher links,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await workspaces.FindAsync(subAccount, principal.UserId()!.Value, cancellationToken) is not { } workspace)
        {
            return TypedResults.NotFound();
        }

        var link = await links.FetchAsync(new AppointmentId(appointment), workspace.Actor, clock.GetUtcNow(), cancellationToken);
        return link.Outcome switch
        {
            StartOutcome.Ready => new SeeOther(link.Url!.AbsoluteUri),
            StartOutcome.NotFound => TypedResults.NotFound(),
            StartOutcome.NotTheHost => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            StartOutcome.NoMeeting => Back(ConnectResult.StartNoMeeting),
            StartOutcome.NotConnected => Back(ConnectResult.StartNotConnected),
            StartOutcome.Gone => Back(ConnectResult.StartGone),
            _ => Back(ConnectResult.StartNoAnswer),
        };

        SeeOther Back(ConnectResult result)
        {
            var day = new ScheduleQuery { View = ScheduleView.Day, Date = link.Start?.ToInstant().InZone(workspace.Zone).Date };
            return new SeeOther(ConnectNotice.At(day.ToUrl(workspace.Url(AppUrls.Calendar)), result));
        }
    }

    /// <summary>303: what follows is a GET. The framework's own redirects write the address into the log.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers[HeaderNames.Location] = address;
            return Task.CompletedTask;
        }
    }
}
