using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Zoom;

/// <summary>A connection as its owner sees it.</summary>
/// <param name="Email">Of the Zoom user.</param>
/// <param name="PlanType">1 Basic, 2 Licensed, 0 unknown.</param>
/// <param name="StateReason">What is wrong and what to do, unless connected.</param>
public sealed record ConnectionCard(
    string ZoomUserKey, string Email, string DisplayName, int PlanType, ZoomAccountState State, string? StateReason, DateTimeOffset ConnectedAt)
{
    /// <summary>It ends when the deletions that wait have been sent; null: it does not.</summary>
    public DateTimeOffset? EndAskedAt { get; init; }

    /// <summary>Other profiles, here or elsewhere, are connected with the same Zoom account.</summary>
    public bool IsShared { get; init; }

    public bool Works => State is ZoomAccountState.Connected;
}

/// <summary>What the dialog before disconnecting has to say.</summary>
/// <param name="UpcomingAppointments">Of this user here, on Zoom.</param>
/// <param name="WaitingDeletions">Meetings that would stay in Zoom.</param>
/// <param name="IsShared">Another profile uses the same Zoom account: nothing is sent to Zoom, and it goes on looking after the meetings.</param>
public sealed record DisconnectPreview(string Email, int UpcomingAppointments, int WaitingDeletions, bool IsShared)
{
    /// <summary>Of the upcoming ones: with a link whose meeting nobody looks after once the connection has ended.</summary>
    public int Unmanaged { get; init; }

    /// <summary>With a link whose meeting another profile's connection goes on looking after.</summary>
    public int Managed { get; init; }

    /// <summary>Without a link: they have to wait for a connection then.</summary>
    public int WithoutLink { get; init; }

    /// <summary>Without a link, and none is made by itself, connected or not.</summary>
    public int Stopped { get; init; }
}

/// <summary>The Zoom account that the user has in another sub-account.</summary>
public sealed record OtherAccount(string ZoomUserKey, string Email, string SubAccountName);

public sealed class ConnectionReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    public async Task<ConnectionCard?> FindAsync(SubAccountId subAccount, UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from connection in db.Connections
            join account in db.ZoomAccounts on connection.ZoomUserKey equals account.Key
            where connection.SubAccountId == subAccount && connection.UserId == user
            select new ConnectionCard(
                account.Key, account.Email, account.DisplayName, account.PlanType, account.State, account.StateReason, connection.ConnectedAt)
            {
                EndAskedAt = connection.EndAskedAt,
                IsShared = db.Connections.Any(other => other.ZoomUserKey == account.Key && !(other.SubAccountId == subAccount && other.UserId == user)),
            })
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The members of a sub-account who have connected Zoom there.</summary>
    public async Task<IReadOnlySet<UserId>> ConnectedUsersAsync(SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Connections.Where(connection => connection.SubAccountId == subAccount)
            .Select(connection => connection.UserId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Named before connecting: a different one here is possible, but not recommended. Null: none, or the same as here.</summary>
    public async Task<OtherAccount?> ElsewhereAsync(SubAccountId here, UserId user, string? zoomUserKeyHere, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from connection in db.Connections
            join account in db.ZoomAccounts on connection.ZoomUserKey equals account.Key
            join subAccount in db.SubAccounts on connection.SubAccountId equals subAccount.Id
            where connection.UserId == user && connection.SubAccountId != here && connection.ZoomUserKey != zoomUserKeyHere
            orderby connection.ConnectedAt
            select new OtherAccount(account.Key, account.Email, subAccount.Name))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<DisconnectPreview?> PreviewDisconnectAsync(SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(subAccount, user, cancellationToken) is not { } card)
        {
            return null;
        }

        // As disconnecting would leave it: the same work, rolled back.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        await db.LockUsersAsync([user], cancellationToken);
        var deletions = await db.WaitingDeletions(now).CountAsync(meeting => meeting.ZoomUserKey == card.ZoomUserKey, cancellationToken);
        if (await Connections.UntieAsync(db, subAccount, user, user, now, cancellationToken) is null)
        {
            return null;
        }

        await db.SaveChangesAsync(cancellationToken);
        var links = await LinksAsync(db, subAccount, user, now, cancellationToken);
        return new DisconnectPreview(card.Email, links.Count, deletions, card.IsShared)
        {
            Unmanaged = links.Count(link => link.State is LinkState.Unmanaged),
            Managed = links.Count(link => link.State is LinkState.Ready),
            WithoutLink = links.Count(link => link is { State: LinkState.Waiting, Waits: WaitingFor.Connection }),
            Stopped = links.Count(link => link.State is LinkState.Stopped or LinkState.None),
        };
    }

    private static async Task<List<LinkFacts>> LinksAsync(ZoomCalendarContext db, SubAccountId subAccount, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from appointment in db.Appointments.AsNoTracking()
            where appointment.SubAccountId == subAccount && appointment.HostId == user && appointment.End > now
                && appointment.Location.Kind == MeetingLocationKind.Zoom
                && appointment.Status != AppointmentStatus.Invalid && appointment.Status != AppointmentStatus.Cancelled && appointment.Status != AppointmentStatus.Deleted
            from meeting in db.SlotMeetings.AsNoTracking().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
            select new { appointment, meeting, Account = db.ZoomAccounts.Where(row => row.Key == meeting.ZoomUserKey).Select(row => (ZoomAccountState?)row.State).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => LinkFacts.Of(row.appointment, row.meeting, row.Account, now))];
    }
}
