using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// The durable queue of messages. A message is leased to one process at a time, and the lease of a dead process expires. Delivery is at
/// least once: a message is repeated only if the process dies between the mail server's acceptance and the record of it, with the same
/// Message-ID and content. Thread-safe.
/// </summary>
public sealed class MessageQueue(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>The length of a lease.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // Three days, with an hour between the later attempts.
    private const int MaxAttempts = 80;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Guid _owner = Guid.NewGuid();

    /// <summary>Leases the message that has been due longest; null if nothing is due.</summary>
    public Task<Message?> LeaseNextAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        LeaseNextAsync(now, BusySenders.None, cancellationToken);

    /// <summary>As the other overload, leaving out the senders that this process is sending for.</summary>
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
                .ExecuteUpdateAsync(
                    row => row.SetProperty(each => each.LeaseOwner, _owner).SetProperty(each => each.LeaseUntil, until), cancellationToken);
            if (taken == 1)
            {
                return next;
            }
        }
    }

    /// <summary>Releases an unsent message when the app stops, so that another process can send it at once.</summary>
    public Task ReleaseAsync(Message message, CancellationToken cancellationToken) =>
        UpdateAsync(message, _ => { }, release: true, cancellationToken);

    /// <summary>When the next message is due; null if none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Messages.Where(row => row.State == MessageState.Waiting)
            .MinAsync(row => (DateTimeOffset?)row.DueAt, cancellationToken);
    }

    /// <summary>
    /// Stores the rendered message before the first attempt, so that a repeat sends the same content. A later change of the booker then
    /// finds that this address may know of the appointment.
    /// </summary>
    /// <returns>False if it must not be sent: it was dropped meanwhile, or the address is no longer the booker's.</returns>
    public async Task<bool> SaveRenderedAsync(
        Message message, string address, string subject, string content, string sentState, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // One statement, so that it waits for a transaction that drops the message and sees the result.
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

    /// <summary>The mail server accepted the message.</summary>
    public Task MarkSentAsync(Message message, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(
            message,
            row => (row.State, row.SentAt, row.Content, row.LastError) = (MessageState.Sent, now, "", ""),
            release: true,
            cancellationToken);

    /// <summary>The message is obsolete and is not sent.</summary>
    public Task DropAsync(Message message, string why, CancellationToken cancellationToken) =>
        UpdateAsync(message, row => (row.State, row.LastError) = (MessageState.Dropped, why), release: true, cancellationToken);

    /// <summary>Sends the message later, without counting an attempt.</summary>
    public Task PostponeAsync(Message message, DateTimeOffset until, CancellationToken cancellationToken) =>
        UpdateAsync(message, row => row.DueAt = until, release: true, cancellationToken);

    /// <summary>An attempt failed. The message is retried with growing pauses.</summary>
    /// <param name="message">The leased message.</param>
    /// <param name="error">The error, without addresses.</param>
    /// <param name="isFinal">The mail server refused the message permanently.</param>
    /// <param name="isNotTaken">The server certainly did not accept it, so it can be rendered again with the present state.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public Task MarkFailedAsync(
        Message message, string error, bool isFinal, bool isNotTaken, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync(
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

    /// <summary>Concurrent processes each take the next message that no other is taking, without waiting.</summary>
    private async Task<Message?> LeaseNextOnPostgreSqlAsync(
        ZoomCalendarContext db, DateTimeOffset now, BusySenders busy, CancellationToken cancellationToken)
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

    private static async Task<bool> IsStillBookersAsync(
        ZoomCalendarContext db, Message message, string address, CancellationToken cancellationToken) =>
        message is not { Receiver: MessageReceiver.Booker, AppointmentId: { } id }
        || await db.Appointments.AnyAsync(row => row.Id == id && row.Booker.Email == address, cancellationToken);

    private async Task UpdateAsync(Message message, Action<Message> change, bool release, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        // A process that lost the lease must not change the row.
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
