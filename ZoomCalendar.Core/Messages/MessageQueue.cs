using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// The durable queue. A message is leased to one process at a time; a dead one's lease lapses. Delivery is at least once: a repeat is
/// possible only between the mail server's yes and our note of it, and then with the same Message-ID and content.
/// </summary>
public sealed class MessageQueue(IDbContextFactory<ZoomCalendarContext> contexts)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // With an hour between the later ones: three days.
    private const int MaxAttempts = 80;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Guid _owner = Guid.NewGuid();

    /// <returns>The due message that has waited longest, leased; null: nothing is due.</returns>
    public Task<Message?> LeaseNextAsync(DateTimeOffset now, CancellationToken cancellationToken) => LeaseNextAsync(now, BusySenders.None, cancellationToken);

    /// <summary>As the other; those whom this process is sending for already are passed over.</summary>
    public async Task<Message?> LeaseNextAsync(DateTimeOffset now, BusySenders busy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            return await LeaseNextOnPostgreSqlAsync(db, now, busy, cancellationToken);
        }

        var (subAccounts, withoutAccounts) = (busy.SubAccounts, busy.AreAccountsBusy);

        while (true)
        {
            var next = await db.Messages.AsNoTracking()
                .Where(row => row.State == MessageState.Waiting && row.DueAt <= now && (row.LeaseUntil == null || row.LeaseUntil <= now))
                .Where(row => row.SubAccountId == null ? !withoutAccounts : !subAccounts.Contains(row.SubAccountId.Value))
                .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                return null;
            }

            var until = now + Lease;
            var taken = await db.Messages
                .Where(row => row.Id == next.Id && row.State == MessageState.Waiting && (row.LeaseUntil == null || row.LeaseUntil <= now))
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.LeaseOwner, _owner).SetProperty(each => each.LeaseUntil, until), cancellationToken);
            if (taken == 1)
            {
                return next;
            }
        }
    }

    /// <summary>Given up unsent, because the app stops: another node takes it at once.</summary>
    public Task ReleaseAsync(Message message, CancellationToken cancellationToken) => UpdateAsync(message, _ => { }, release: true, cancellationToken);

    /// <summary>When the next message is due; null: none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Messages.Where(row => row.State == MessageState.Waiting).MinAsync(row => (DateTimeOffset?)row.DueAt, cancellationToken);
    }

    /// <summary>
    /// Written down before the first attempt: a repeat says the same. Once it is written, whoever gives the appointment another booker finds that this address
    /// may know of it.
    /// </summary>
    /// <returns>False: it must not be sent. It was dropped in the meantime, or the address is no longer the booker's.</returns>
    public async Task<bool> SaveRenderedAsync(Message message, string address, string subject, string content, string sentState, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // One statement, so that it waits for a transaction that drops the message, and sees that it did.
        var written = await db.Messages.Where(row => row.Id == message.Id && row.LeaseOwner == _owner && row.State == MessageState.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Address, address)
                    .SetProperty(row => row.Subject, subject)
                    .SetProperty(row => row.Content, content)
                    .SetProperty(row => row.Told, sentState),
                cancellationToken);
        if (written == 0 || !await IsStillBookersAsync(db, message, address, cancellationToken))
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public Task MarkSentAsync(Message message, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(message, row => (row.State, row.SentAt, row.Content, row.LastError) = (MessageState.Sent, now, "", ""), release: true, cancellationToken);

    public Task DropAsync(Message message, string why, CancellationToken cancellationToken) =>
        UpdateAsync(message, row => (row.State, row.LastError) = (MessageState.Dropped, why), release: true, cancellationToken);

    public Task PostponeAsync(Message message, DateTimeOffset until, CancellationToken cancellationToken) =>
        UpdateAsync(message, row => row.DueAt = until, release: true, cancellationToken);

    /// <param name="message">The leased message.</param>
    /// <param name="error">In words, without addresses.</param>
    /// <param name="isFinal">The mail server refuses it for good.</param>
    /// <param name="isNotTaken">The server has certainly nothing of it: rendered again, it tells how things stand then.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public Task MarkFailedAsync(Message message, string error, bool isFinal, bool isNotTaken, DateTimeOffset now, CancellationToken cancellationToken) => UpdateAsync(
        message,
        row =>
        {
            row.Attempts++;
            row.LastError = StorableText.Shorten(error, Message.ErrorMaxLength);
            row.State = isFinal || row.Attempts >= MaxAttempts ? MessageState.Failed : row.State;
            row.DueAt = now + Pause(row.Attempts);
            if (row.State is MessageState.Failed || (isNotTaken && row.Kind is not MessageKind.Account))
            {
                row.Content = "";
            }
        },
        release: true,
        cancellationToken);

    private static TimeSpan Pause(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Many nodes at one queue: each takes the next one that no other is taking, and none waits.</summary>
    private async Task<Message?> LeaseNextOnPostgreSqlAsync(ZoomCalendarContext db, DateTimeOffset now, BusySenders busy, CancellationToken cancellationToken)
    {
        var (present, until) = (now.ToUniversalTime(), (now + Lease).ToUniversalTime());
        var (subAccounts, withAccounts) = (busy.SubAccounts.Select(id => id.Value).ToArray(), !busy.AreAccountsBusy);
        var taken = await db.Messages.FromSql(
            $"""
             UPDATE messages SET "LeaseOwner" = {_owner}, "LeaseUntil" = {until}
             WHERE "Id" = (
                 SELECT "Id" FROM messages
                 WHERE "State" = 'Waiting' AND "DueAt" <= {present} AND ("LeaseUntil" IS NULL OR "LeaseUntil" <= {present})
                     AND CASE WHEN "SubAccountId" IS NULL THEN {withAccounts} ELSE "SubAccountId" <> ALL ({subAccounts}) END
                 ORDER BY "DueAt", "Id" LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING *
             """).AsNoTracking().ToListAsync(cancellationToken);
        return taken is [var message] ? message : null;
    }

    private static async Task<bool> IsStillBookersAsync(ZoomCalendarContext db, Message message, string address, CancellationToken cancellationToken) =>
        message is not { Receiver: MessageReceiver.Booker, AppointmentId: { } id }
        || await db.Appointments.AnyAsync(row => row.Id == id && row.Booker.Email == address, cancellationToken);

    private async Task UpdateAsync(Message message, Action<Message> change, bool release, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // Whoever lost the lease has nothing to say any more.
        var row = await db.Messages.FirstOrDefaultAsync(each => each.Id == message.Id && each.LeaseOwner == _owner, cancellationToken);
        if (row is null)
        {
            return;
        }

        if (row.State is MessageState.Waiting)
        {
            change(row);
        }

        if (release)
        {
            (row.LeaseOwner, row.LeaseUntil) = (null, null);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
