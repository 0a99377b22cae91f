using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Team;

/// <summary>What an admin sends to people of the team, and to those who are to join it.</summary>
internal sealed class TeamMessages(IMessages messages, Invitations invitations, Core.Accounts.Team team, PublicUrl publicUrl)
{
    public const string InvitationPath = "/account/invitation";

    /// <param name="email">Whom to invite.</param>
    /// <param name="role">What they become.</param>
    /// <param name="workspace">Where, and who invites.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops it before the message is sent.</param>
    public async Task<ChangeOutcome> InviteAsync(string email, Role role, WorkspaceContext workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (token, outcome) = await invitations.InviteAsync(email, role, workspace.Actor, now, cancellationToken);
        if (token is null)
        {
            return outcome;
        }

        var link = publicUrl.Of($"{InvitationPath}?token={Uri.EscapeDataString(token)}");
        await messages.SendAsync(
            new OutgoingMessage(
                email.Trim(),
                $"{workspace.UserName} invites you to {workspace.SubAccountName}",
                $"{workspace.UserName} invites you to {workspace.SubAccountName} on Zoom Calendar.\n\nOpen this link within seven days. It works once:\n{link}"),
            cancellationToken);
        return outcome;
    }

    public async Task<ChangeOutcome> AskToConnectAsync(UserId user, WorkspaceContext workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = (await team.ListAsync(workspace.Actor, now, cancellationToken)).FirstOrDefault(row => row.UserId == user);
        if (member is null)
        {
            return ChangeOutcome.NotFound("There is no such member here.");
        }

        await messages.SendAsync(
            new OutgoingMessage(
                member.Email,
                "Please connect your Zoom account",
                $"{workspace.UserName} asks you to connect your Zoom account for {workspace.SubAccountName}, so that your bookings get a meeting link.\n\n"
                + $"Open User Profile > Integrations, choose Zoom and press Connect:\n{publicUrl.Of(workspace.Url(AppUrls.Integrations))}"),
            cancellationToken);
        return ChangeOutcome.Done();
    }
}
