using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Appointments;

public sealed partial class ScheduleReader
{
    /// <summary>The links of the upcoming appointments that the viewer answers for. Empty for actors who are not staff.</summary>
    public async Task<LinkHealth> HealthAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return LinkHealth.Empty;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var upcoming = db.Appointments.AsNoTracking().WhereActive().WhereNotOver(now).Where(row => row.SubAccountId == actor.SubAccountId
            && row.Location.Kind == MeetingLocationKind.Zoom && (actor.IsAdmin || row.HostId == actor.UserId));
        // Whatever else it waits for, such a link works and its meeting is managed.
        var managed = db.Set<SlotMeeting>().Where(meeting => meeting.State == SlotMeetingState.Live && meeting.JoinUrl != null
            && meeting.WaitingFor != WaitingFor.Connection && meeting.WaitingFor != WaitingFor.Reconnection
            && meeting.WaitingFor != WaitingFor.Approval
            && db.Set<ZoomAccount>().Any(account => account.Key == meeting.ZoomUserKey && account.State == ZoomAccountState.Connected));
        var ready = await upcoming.Where(row => managed.Any(meeting => meeting.Id == row.SlotMeetingId))
            .Select(row => row.Id).Take(LinkHealth.Most + 1).CountAsync(cancellationToken);
        var rows = await db.WithMeetings(upcoming.Where(row => !managed.Any(meeting => meeting.Id == row.SlotMeetingId))
                .OrderBy(row => row.Start).ThenBy(row => row.Id).Take(LinkHealth.Most + 1))
            .ToListAsync(cancellationToken);
        var problems = rows.Take(LinkHealth.Most).OrderBy(row => row.Appointment.Start).ThenBy(row => row.Appointment.Id)
            .Select(row => (row.Appointment, row.Meeting, Link: row.Link(now)))
            .Where(row => row.Link.State is not LinkState.None and not LinkState.Missed)
            .GroupBy(row => (row.Appointment.HostId, Sentence: LinkDescriber.ForStaff(row.Link)))
            .ToList();
        var hosts = problems.Select(group => group.Key.HostId).Distinct().ToList();
        var names = hosts.Count == 0
            ? []
            : await db.Users.Where(user => hosts.Contains(user.Id))
                .ToDictionaryAsync(user => user.Id, user => user.Name, cancellationToken);

        List<LinkProblem> found = [];
        foreach (var group in problems)
        {
            var (last, meeting, link) = group.Last();
            if (link.ExpectedAt is not null)
            {
                link = await db.LinkOfAsync(last, meeting, now, cancellationToken);
            }

            found.Add(new LinkProblem(
                group.Key.HostId,
                group.Key.HostId is { } host ? names.GetValueOrDefault(host, "") : "",
                link,
                LinkDescriber.ForStaff(link),
                [.. group.Select(row => row.Appointment.Id)]));
        }

        return new LinkHealth(
            Math.Min(ready, LinkHealth.Most),
            [.. found.OrderByDescending(problem => problem.NeedsSomebody)],
            ready > LinkHealth.Most || rows.Count > LinkHealth.Most);
    }
}
