using System.Globalization;
using System.Text;
using ZoomCalendar.Sandbox.Meetings;
using static ZoomCalendar.Sandbox.Pages.Html;

namespace ZoomCalendar.Sandbox.Pages;

/// <summary>Lists users, meetings and today's counts, with buttons for what a host could do in Zoom.</summary>
internal static class HomePage
{
    private const int UsersShown = 50;
    private const int MeetingsShown = 100;

    public static void MapHomePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Show);
        routes.MapPost("/byhand", ManualChanges.DoAsync);
        routes.MapGet("/j/{id:long}", Join);
        routes.MapGet("/s/{id:long}", Start);
    }

    private static IResult Show(HttpContext context, SandboxControl control, string? q = null)
    {
        var users = control.Users.Where(u => q is null || u.Email.Contains(q, StringComparison.OrdinalIgnoreCase)).ToList();
        var meetings = control.Meetings.ToLookup(m => m.HostId);
        var html = new StringBuilder();

        html.Append(CultureInfo.InvariantCulture, $"""
            <p>The sandbox's clock says {Time(control.Now)} UTC. Meetings in all: {control.Meetings.Count}. <a href="/sandbox/state">Everything as JSON</a></p>
            <form class="row" method="get"><label>Find a user <input name="q" value="{E(q)}"></label><button>Find</button></form>
            """);

        foreach (var user in users.Take(UsersShown))
        {
            html.Append(UserSection(control, user, [.. meetings[user.Id]]));
        }

        if (users.Count > UsersShown)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<p class="quiet">and {users.Count - UsersShown} more users: search for them.</p>""");
        }

        return Page(context, "What Zoom knows", html.ToString(), wide: true);
    }

    private static IResult Join(HttpContext context, long id, MeetingService desk, string? pwd = null) =>
        desk.Find(id) is not { } meeting
            ? Page(
                context,
                "This meeting link is invalid (3001)",
                "<p>The meeting does not exist, or has been deleted.</p>",
                StatusCodes.Status404NotFound)
            : meeting.JoinUrl.EndsWith($"?pwd={pwd}", StringComparison.Ordinal)
                ? Page(
                    context,
                    meeting.Topic,
                    $"<p>With the real Zoom you would now be in this meeting of {E(meeting.HostEmail)}, {Time(meeting.StartTime)} UTC.</p>")
                : Page(
                    context,
                    "Enter the passcode",
                    "<p>The passcode in this link is not the meeting's.</p>",
                    StatusCodes.Status403Forbidden);

    private static IResult Start(HttpContext context, long id, MeetingService desk, MeetingJson json, string? zak = null) =>
        desk.Find(id) is { } meeting && json.IsGoodStart(id, zak)
            ? Page(context, meeting.Topic, $"<p>With the real Zoom {E(meeting.HostEmail)} would now have started this meeting.</p>")
            : Page(context, "This start link is no longer good", "<p>It is good for two hours.</p>", StatusCodes.Status404NotFound);

    private static string UserSection(SandboxControl control, SandboxUser user, IReadOnlyList<SandboxMeeting> meetings)
    {
        var approved = control.IsApproved(user.Email);
        var requests = user.IsAdmin ? control.ApprovalRequests(user.Email) : [];
        var rows = string.Concat(meetings.Take(MeetingsShown).Select(m => Meeting(user, m)));

        return $"""
            <section aria-label="{E(user.Email)}">
            <h2>{E(user.Email)}</h2>
            <p>{(user.Licensed ? "Licensed" : "Basic")}{(user.IsAdmin ? ", Zoom admin" : "")} · {(control.IsConnected(user.Email) ? "app connected" : "app not connected")} ·
            {(approved ? "app pre-approved" : "app not pre-approved")} · requests today: <strong>{control.CountToday(user.Email)}</strong> of 100 · meetings: {meetings.Count}</p>
            {(requests.Count == 0 ? "" : $"<p>Pre-approval requested by {E(string.Join(", ", requests))}.</p>")}
            {rows}
            <details><summary>Create a meeting by hand</summary>
            <form class="row" method="post" action="/byhand">
            {Hidden("user", user.Email)}
            <label>Topic <input name="topic" value="Made by hand" maxlength="200" required></label>
            <label>Start (UTC) <input name="start" type="datetime-local" value="{Local(control.Now.AddHours(1))}" required></label>
            <label>Minutes <input name="minutes" type="number" min="1" max="1440" value="60" required></label>
            <button name="do" value="create">Create</button>
            </form></details>
            <form class="row" method="post" action="/byhand">
            {Hidden("user", user.Email)}
            <button name="do" value="{(approved ? "withdraw" : "approve")}">{(approved ? "Withdraw pre-approval" : "Pre-approve")}</button>
            <button class="danger" name="do" value="uninstall">Uninstall the app</button>
            </form>
            </section>
            """;
    }

    private static string Meeting(SandboxUser user, SandboxMeeting meeting) => $"""
        <details><summary>{E(meeting.Topic)} · {Time(meeting.StartTime)} UTC · {meeting.Duration} min · {meeting.Id}{(meeting.ManualChanges ? " · by hand" : "")}</summary>
        <p><a href="{E(meeting.JoinUrl)}">{E(meeting.JoinUrl)}</a></p>
        <p class="quiet">{E(meeting.Agenda)}</p>
        <form class="row" method="post" action="/byhand">
        {Hidden("user", user.Email)}{Hidden("id", meeting.Id.ToString(CultureInfo.InvariantCulture))}
        <label>Topic <input name="topic" value="{E(meeting.Topic)}" maxlength="200" required></label>
        <label>Start (UTC) <input name="start" type="datetime-local" value="{Local(meeting.StartTime)}" required></label>
        <label>Passcode <input name="passcode" value="{E(meeting.Password)}" maxlength="10" required></label>
        <button name="do" value="edit">Save</button>
        <button class="danger" name="do" value="delete">Delete</button>
        </form></details>
        """;

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
