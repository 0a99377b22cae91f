using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>Selects entries. All conditions apply together.</summary>
/// <param name="Kind">Null: all kinds.</param>
/// <param name="Person">Who acted; null: everybody.</param>
/// <param name="Before">Only entries older than this one, for the next page.</param>
/// <param name="Take">The size of the page, 1 to 100.</param>
public sealed record AuditQuery(AuditKind? Kind = null, UserId? Person = null, long? Before = null, int Take = 30);

/// <summary>One security event with the name of who acted.</summary>
/// <param name="PersonName">Empty: the app itself, a booker, or a user who no longer exists.</param>
public sealed record AuditLine(
    long Id, DateTimeOffset At, AuditKind Kind, string PersonName, string Subject, string Address, string Device);

/// <summary>One page of entries, newest first.</summary>
/// <param name="Next">The <see cref="AuditQuery.Before"/> of the next page; null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>Reads the audit log page by page. Thread-safe.</summary>
public sealed class AuditReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int MaxTaken = 100;

    /// <summary>One page of the sub-account's log. Empty unless the actor is an admin.</summary>
    public async Task<AuditPage> ReadAsync(AuditQuery query, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return new AuditPage([], null);
        }

        var entries = db.AuditEntries.Where(entry => entry.SubAccountId == actor.SubAccountId);
        return await PageAsync(db, entries, query, cancellationToken);
    }

    /// <summary>One page of the events of a user's own account.</summary>
    public async Task<AuditPage> ReadOwnAsync(UserId user, long? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = db.AuditEntries.Where(entry => entry.SubAccountId == null);
        return await PageAsync(db, entries, new AuditQuery(null, user, before, take), cancellationToken);
    }

    private static async Task<AuditPage> PageAsync(
        ZoomCalendarContext db, IQueryable<AuditEntry> entries, AuditQuery query, CancellationToken cancellationToken)
    {
        var (kind, person, before, take) = (query.Kind, query.Person, query.Before, Math.Clamp(query.Take, 1, MaxTaken));
        entries = kind is null ? entries : entries.Where(entry => entry.Kind == kind);
        entries = person is null ? entries : entries.Where(entry => entry.UserId == person);
        entries = before is null ? entries : entries.Where(entry => entry.Id < before);
        var lines = await (
            from entry in entries.AsNoTracking().OrderByDescending(entry => entry.Id).Take(take + 1)
            from user in db.Set<User>().Where(row => row.Id == entry.UserId).DefaultIfEmpty()
            orderby entry.Id descending
            select new AuditLine(
                entry.Id, entry.At, entry.Kind, user == null ? "" : user.Name, entry.Subject, entry.Address, entry.Device))
            .ToListAsync(cancellationToken);
        return lines.Count > take ? new AuditPage(lines[..take], lines[take - 1].Id) : new AuditPage(lines, null);
    }
}
