using Microsoft.AspNetCore.Components;
using MudBlazor;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

public sealed partial class SchedulePage
{
    private LinkHealth _health = LinkHealth.Empty;
    private bool _isHealthOld = true;

    [Inject]
    internal TeamMessages Messages { get; init; } = null!;

    private async Task AskForLinksAsync(LinkProblem problem)
    {
        foreach (var id in problem.Appointments)
        {
            var outcome = await Links.RequestAsync(id, Workspace.Actor, Now, _left.Token);
            // Invalid: appointments of one slot share the link, and it was asked for already.
            if (!outcome.Succeeded && outcome.Refusal is not Refusal.Invalid)
            {
                Snackbar.Add(outcome.ForStaff.Text, Severity.Error);
                return;
            }
        }

        Tell(problem.Appointments.Count == 1 ? Loc["A new link is on its way."] : Loc["New links are on their way."]);
    }

    private async Task AskToConnectAsync(LinkProblem problem)
    {
        var outcome = await Messages.AskToConnectAsync(problem.Host!.Value, Workspace, Now, _left.Token);
        Snackbar.Add(
            outcome.Succeeded ? Loc["A message is on its way to {0}.", problem.HostName] : outcome.Message,
            outcome.Succeeded ? Severity.Success : Severity.Error);
    }
}
