using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>Messages of an admin to members and invited people, sent through the durable queue.</summary>
internal sealed class TeamMessages(MessageOutbox queue, Invitations invitations, TeamReader team, PublicUrl publicUrl)
{
    public const string InvitationPath = "/account/invitation";

    public Task<ChangeOutcome> InviteAsync(
        string email, Role role, WorkspaceContext workspace, DateTimeOffset now, CancellationToken cancellationToken) =>
        invitations.InviteAsync(
            email,
            role,
            token => queue.RowOf(new OutgoingMessage(
                email.Trim(),
                $"{workspace.UserName} invites you to {workspace.SubAccountName}",
                $"{workspace.UserName} invites you to {workspace.SubAccountName} on Zoom for Calendars.\n\n"
                + $"Open this link within seven days. It works once:\n{publicUrl.Of($"{InvitationPath}?token={Uri.EscapeDataString(token)}")}")),
            workspace.Actor,
            now,
            cancellationToken);

    public async Task<ChangeOutcome> AskToConnectAsync(
        UserId user, WorkspaceContext workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = await team.FindAsync(user, workspace.Actor, now, cancellationToken);
        if (member is null)
        {
            return ChangeOutcome.NotFound("There is no such member here.");
        }

        var verb = member.Zoom is null ? "connect" : "reconnect";
        await queue.SendAsync(
            new OutgoingMessage(
                member.Email,
                $"Please {verb} your Zoom account",
                $"{workspace.UserName} asks you to {verb} your Zoom account for {workspace.SubAccountName}, so that your "
                    + "bookings get a meeting link.\n\n"
                + $"Open User Profile > Integrations, choose Zoom and press Connect:\n{publicUrl.Of(workspace.Url(AppUrls.Integrations))}"),
            cancellationToken);
        return ChangeOutcome.Done();
    }
}
