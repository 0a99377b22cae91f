using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Activity;

/// <summary>A member's notices.</summary>
/// <param name="Entries">The newest notices.</param>
/// <param name="Unread">The number of notices that the member has not seen, at most <see cref="NoticeReader.MostCounted"/>.</param>
public sealed record Notices(IReadOnlyList<ActivityEntry> Entries, int Unread);

/// <summary>
/// Reads the events that a member should see without looking for them: a connection lost or ended, a link missing near its appointment, a
/// meeting deleted in Zoom or to be deleted there by hand, a quota running low. Each member has a position. Thread-safe.
/// </summary>
public sealed class NoticeReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>More unread notices than this are not counted: the bell shows "9+" long before.</summary>
    public const int MostCounted = 100;

    private const int Shown = 20;

    private static readonly TimeSpan Age = TimeSpan.FromDays(14);
    private static readonly TimeSpan Near = TimeSpan.FromHours(24);

    /// <summary>The newest notices of the last 14 days; empty for actors who are not members.</summary>
    public async Task<Notices> ReadAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var membership = await db.Memberships.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId, cancellationToken);
        if (membership is null)
        {
            return new Notices([], 0);
        }

        var isAdmin = membership.Role is Role.Admin;
        var (since, soon) = (now - Age, now + Near);
        var events = db.Events.AsNoTracking()
            // The list and the bound of time select the index of notices.
            .Where(entry => EF.Constant(Event.NoticeKinds).Contains(entry.Kind))
            .Where(entry => entry.SubAccountId == actor.SubAccountId && entry.At > since && (isAdmin || entry.UserId == actor.UserId))
            .Where(entry => entry.Kind == EventKind.ConnectionLost || entry.Kind == EventKind.LinkLost
                || entry.Kind == EventKind.LinkChangedInZoom || entry.Kind == EventKind.LinkOverdue
                // The actor needs no notice.
                || (entry.Kind == EventKind.ConnectionEnded && entry.ActorId != actor.UserId)
                || (entry.Kind == EventKind.LinkDropped && entry.Detail.EndsWith(EventDetails.DeleteInZoom))
                || entry.Kind == EventKind.QuotaNear || entry.Kind == EventKind.QuotaUsedUp
                || (entry.Kind == EventKind.LinkWaiting
                    && db.Set<Appointment>().Any(row => row.Id == entry.AppointmentId && row.Start < soon && row.End > now)));
        var unread = await events.Where(entry => entry.Id > membership.NoticesReadUpTo).Select(entry => entry.Id)
            .Take(MostCounted).CountAsync(cancellationToken);
        var newest = events.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(Shown);
        return new Notices(await ActivityReader.WithNames(db, newest).ToListAsync(cancellationToken), unread);
    }

    /// <summary>The member has seen the notices up to this event.</summary>
    public async Task MarkReadAsync(long eventId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Memberships
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId && row.NoticesReadUpTo < eventId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NoticesReadUpTo, eventId), cancellationToken);
    }
}
