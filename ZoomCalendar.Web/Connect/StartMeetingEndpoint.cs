using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Extensions;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Connect;

/// <summary>
/// Redirects the host's browser into the meeting. The address contains the host's credential: it is copied from Zoom's response into the
/// header of this one and stored nowhere.
/// </summary>
internal static class StartMeetingEndpoint
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
        if (await workspaces.FindAsync(subAccount, principal, cancellationToken) is not { } workspace)
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
}
