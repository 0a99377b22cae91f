using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Forecasts the effect of disconnecting on links. The connection is ended in a transaction that is rolled back.</summary>
public sealed class DisconnectForecaster(
    IDbContextFactory<ZoomCalendarContext> contexts, ConnectionReader reader, ZoomConnections connections, IAccountMeetings meetings)
{
    /// <summary>The effect of disconnecting; null if there is no connection.</summary>
    public async Task<DisconnectPreview?> PreviewAsync(
        SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(subAccount, user, cancellationToken) is not { } card)
        {
            return null;
        }

        // The transaction is never committed.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.LockUsersAsync([user], cancellationToken);
        var deletions = await meetings.WaitingDeletions(db, now).CountAsync(key => key == card.ZoomUserKey, cancellationToken);
        if (await connections.DetachAsync(db, subAccount, user, user, now, cancellationToken) is null)
        {
            return null;
        }

        await db.SaveChangesAsync(cancellationToken);
        var links = await LinksAsync(db, subAccount, user, now, cancellationToken);
        return new DisconnectPreview(card.Email, links.Count, deletions, card.IsShared)
        {
            Unmanaged = links.Count(link => link.State is LinkState.Unmanaged),
            Managed = links.Count(link => link.State is LinkState.Ready),
            WithoutLink = links.Count(link => link is { State: LinkState.Waiting, WaitingFor: WaitingFor.Connection }),
            Stopped = links.Count(link => link.State is LinkState.Stopped or LinkState.None),
        };
    }

    private static async Task<List<LinkFacts>> LinksAsync(
        ZoomCalendarContext db, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var upcoming = db.Appointments.WhereActive().WhereNotOver(now).Where(appointment =>
            appointment.SubAccountId == subAccount && appointment.HostId == user
            && appointment.Location.Kind == MeetingLocationKind.Zoom);
        var rows = await db.WithMeetings(upcoming).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.Link(now))];
    }
}
