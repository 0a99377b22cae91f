namespace ZoomCalendar.Sandbox.Admin;

/// <summary>The sandbox's state without tokens, for all users or one.</summary>
internal static class StateReport
{
    public static IResult Of(SandboxControl control, string? user = null, int requests = 1000)
    {
        var users = control.Users.Where(u => user is null || u.Email == user).ToList();
        var ids = users.Select(u => u.Id).ToHashSet();

        return Results.Json(
            new
            {
                control.Now,
                control.WebhookUrl,
                control.RequestsPerSecond,
                Users = users.Select(u => new
                {
                    u.Email,
                    u.Id,
                    u.AccountId,
                    u.Licensed,
                    u.IsAdmin,
                    u.MayHost,
                    u.Deleted,
                    u.WithheldScopes,
                    Approved = control.IsApproved(u.Email),
                    Connected = control.IsConnected(u.Email),
                    CountToday = control.CountToday(u.Email),
                }),
                Meetings = control.Meetings.Where(m => ids.Contains(m.HostId)),
                Counts = control.Counts.Where(c => user is null || c.User == user),
                Requests = control.Requests.Where(r => user is null || r.User == user).TakeLast(requests),
                Webhooks = control.Webhooks.TakeLast(requests),
                Faults = control.WaitingFaults,
            },
            SandboxJson.Plain);
    }
}
