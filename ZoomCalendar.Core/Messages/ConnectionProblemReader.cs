using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>A member's missing or lost Zoom connection.</summary>
/// <param name="LostAt">When it was lost or ended; null if there never was one.</param>
/// <param name="WithoutLink">The member's upcoming Zoom appointments without a link.</param>
public sealed record ConnectionProblem(DateTimeOffset? LostAt, int WithoutLink);

/// <summary>Tells admins which members' Zoom connections are lost, and how many appointments are affected. Thread-safe.</summary>
public sealed class ConnectionProblemReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>
    /// The members whose connection was lost, or who have appointments without a link because they have none. Empty for actors who are not
    /// admins.
    /// </summary>
    public async Task<IReadOnlyDictionary<UserId, ConnectionProblem>> ReadAsync(
        Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new Dictionary<UserId, ConnectionProblem>();
        }

        var here = actor.SubAccountId;
        var members = await db.Memberships
            .Where(row => row.SubAccountId == here
                && !db.Set<Connection>().Any(connection => connection.SubAccountId == here && connection.UserId == row.UserId
                && db.Set<ZoomAccount>().Any(account => account.Key == connection.ZoomUserKey
                    && account.State == ZoomAccountState.Connected)))
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        // Connections change seldom: found by their kinds. A condition or a group by user would search all events of the members.
        var changes = await db.Events.AsNoTracking()
            .Where(row => row.SubAccountId == here
                && (row.Kind == EventKind.ConnectionMade || row.Kind == EventKind.ConnectionRestored || row.Kind == EventKind.ConnectionLost
                    || row.Kind == EventKind.ConnectionEnded))
            .Select(row => new { row.Id, row.UserId, row.Kind, row.At })
            .ToListAsync(cancellationToken);
        var lost = changes.Where(row => row.UserId is not null).GroupBy(row => row.UserId!.Value)
            .Select(group => group.MaxBy(row => row.Id)!)
            .Where(row => row.Kind is EventKind.ConnectionLost or EventKind.ConnectionEnded)
            .ToDictionary(row => row.UserId!.Value, row => row.At);
        var missing = await db.AppointmentsWithoutLink(here, now)
            .GroupBy(row => row.HostId!.Value).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return members
            .Where(user => lost.ContainsKey(user) || missing.ContainsKey(user))
            .ToDictionary(
                user => user,
                user => new ConnectionProblem(lost.TryGetValue(user, out var at) ? at : null, missing.GetValueOrDefault(user)));
    }
}
