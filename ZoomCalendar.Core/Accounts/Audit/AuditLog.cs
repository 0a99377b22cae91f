using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>
/// Writes the audit log. The static methods add the entry to the caller's transaction, the others write it at once. A subject must not
/// contain a secret, a booker's data or an address that somebody typed. Address and device are those of <see cref="RequestOrigin"/>.
/// </summary>
public sealed class AuditLog(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>Adds an event of a sub-account.</summary>
    public static void Add(ZoomCalendarContext db, AuditKind kind, Actor actor, string subject, DateTimeOffset now) =>
        Add(db, kind, actor.SubAccountId, actor.UserId, subject, now);

    /// <summary>Adds an event of a sub-account.</summary>
    /// <param name="db">The caller's context, which saves it.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="subAccount">Whose admins read it.</param>
    /// <param name="user">Who acted; null: the app itself, or a booker.</param>
    /// <param name="subject">What it was about; shortened if it is too long.</param>
    /// <param name="now">The present.</param>
    public static void Add(
        ZoomCalendarContext db, AuditKind kind, SubAccountId subAccount, UserId? user, string subject, DateTimeOffset now) =>
        db.AuditEntries.Add(Entry(kind, subAccount, user, subject, RequestOrigin.Current, now));

    /// <summary>
    /// Adds an event of a user's account: an entry that the user reads, and one for the admins of each sub-account of the user.
    /// </summary>
    public static Task AddAccountEventAsync(
        ZoomCalendarContext db, AuditKind kind, UserId user, string subject, DateTimeOffset now, CancellationToken cancellationToken) =>
        AddAccountEventAsync(db, kind, user, subject, RequestOrigin.Current, now, cancellationToken);

    /// <summary>Writes an event of a user's account at once.</summary>
    public Task RecordAccountEventAsync(
        AuditKind kind, UserId user, string subject, DateTimeOffset now, CancellationToken cancellationToken) =>
        RecordAccountEventAsync(kind, user, subject, RequestOrigin.Current, now, cancellationToken);

    /// <summary>As the other overload, for a request that is over already.</summary>
    public Task RecordAccountEventAsync(
        AuditKind kind, UserId user, string subject, RequestOrigin origin, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, stop) =>
            {
                await AddAccountEventAsync(db, kind, user, subject, origin, now, stop);
                return true;
            },
            cancellationToken);

    private static async Task AddAccountEventAsync(
        ZoomCalendarContext db,
        AuditKind kind,
        UserId user,
        string subject,
        RequestOrigin origin,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var subAccounts = await db.Memberships.AsNoTracking().Where(row => row.UserId == user)
            .OrderBy(row => row.SubAccountId).Select(row => row.SubAccountId).ToListAsync(cancellationToken);
        db.AuditEntries.Add(Entry(kind, null, user, subject, origin, now));
        db.AuditEntries.AddRange(subAccounts.Select(subAccount => Entry(kind, subAccount, user, subject, origin, now)));
    }

    private static AuditEntry Entry(
        AuditKind kind, SubAccountId? subAccount, UserId? user, string subject, RequestOrigin origin, DateTimeOffset now) => new()
        {
            At = now,
            SubAccountId = subAccount,
            UserId = user,
            Kind = kind,
            Subject = StorableText.Shorten(StorableText.OneLine(subject), AuditEntry.SubjectMaxLength),
            Address = StorableText.Shorten(origin.Address, Session.AddressMaxLength),
            Device = StorableText.Shorten(StorableText.OneLine(origin.Device), Session.DeviceMaxLength),
        };
}
