using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>A member whose Zoom connection does not work.</summary>
/// <param name="LostAt">When it was lost or ended; null: there never was one.</param>
/// <param name="WithoutLink">Upcoming Zoom appointments of theirs that have no link.</param>
public sealed record ConnectionProblem(DateTimeOffset? LostAt, int WithoutLink);

/// <summary>For admins: whose Zoom connection is lost, and for how many appointments it matters.</summary>
public sealed class ConnectionProblemReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Only members with trouble: a connection that was lost, or appointments without a link because there is none. Empty for everybody but admins.</summary>
    public async Task<IReadOnlyDictionary<UserId, ConnectionProblem>> ReadAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new Dictionary<UserId, ConnectionProblem>();
        }

        var here = actor.SubAccountId;
        var members = await db.Memberships
            .Where(row => row.SubAccountId == here && !db.Set<Connection>().Any(connection => connection.SubAccountId == here && connection.UserId == row.UserId
                && db.Set<ZoomAccount>().Any(account => account.Key == connection.ZoomUserKey && account.State == ZoomAccountState.Connected)))
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        var last = await db.Events
            .Where(row => row.SubAccountId == here && row.UserId != null
                && (row.Kind == EventKind.ConnectionMade || row.Kind == EventKind.ConnectionRestored || row.Kind == EventKind.ConnectionLost || row.Kind == EventKind.ConnectionEnded))
            .GroupBy(row => row.UserId).Select(group => group.Max(row => row.Id)).ToListAsync(cancellationToken);
        var lost = await db.Events.AsNoTracking()
            .Where(row => last.Contains(row.Id) && (row.Kind == EventKind.ConnectionLost || row.Kind == EventKind.ConnectionEnded))
            .ToDictionaryAsync(row => row.UserId!.Value, row => row.At, cancellationToken);
        var missing = await db.AppointmentsWithoutLink(here, now)
            .GroupBy(row => row.HostId!.Value).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return members
            .Where(user => lost.ContainsKey(user) || missing.ContainsKey(user))
            .ToDictionary(user => user, user => new ConnectionProblem(lost.TryGetValue(user, out var at) ? at : null, missing.GetValueOrDefault(user)));
    }
}
