using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Fills in normalized addresses and search texts in rows written by an earlier version. Only .NET folds letters the same way for every
/// database, so a migration cannot do it. Idempotent, and safe in several processes at once.
/// </summary>
public sealed class NormalizedColumnBackfill(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int Batch = 200;

    /// <summary>Fills in the rows needed first: upcoming appointments and invitations.</summary>
    public async Task FillUpcomingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await FillAppointmentsAsync(rows => rows.Where(row => row.Start > now), cancellationToken) == Batch)
        {
        }

        while (await FillInvitationsAsync(cancellationToken) == Batch)
        {
        }
    }

    /// <summary>Fills in all remaining rows.</summary>
    public async Task FillAllAsync(CancellationToken cancellationToken)
    {
        while (await FillAppointmentsAsync(rows => rows, cancellationToken) == Batch)
        {
        }

        while (await FillInvitationsAsync(cancellationToken) == Batch)
        {
        }

        while (await FillContactsAsync(cancellationToken) == Batch)
        {
        }
    }

    private Task<int> FillAppointmentsAsync(
        Func<IQueryable<Appointment>, IQueryable<Appointment>> which, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
        async (db, cancel) =>
        {
            var rows = await which(db.Appointments.AsNoTracking()).Where(row => row.SearchText == null).OrderByDescending(row => row.Start)
                .Take(Batch).ToListAsync(cancel);
            foreach (var row in rows)
            {
                // A row of another version was changed meanwhile and is read again.
                await db.Appointments.Where(each => each.Id == row.Id && each.Version == row.Version).ExecuteUpdateAsync(
                    set => set.SetProperty(each => each.SearchText, row.SearchText)
                        .SetProperty(each => each.NormalizedEmail, row.NormalizedEmail), cancel);
            }

            return rows.Count;
        },
        cancellationToken);

    private Task<int> FillInvitationsAsync(CancellationToken cancellationToken) => contexts.WriteAsync(
        async (db, cancel) =>
        {
            var rows = await db.Invitations.AsNoTracking().Where(row => row.NormalizedEmail == null).Take(Batch).ToListAsync(cancel);
            foreach (var row in rows)
            {
                await db.Invitations.Where(each => each.Id == row.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(each => each.NormalizedEmail, row.NormalizedEmail), cancel);
            }

            return rows.Count;
        },
        cancellationToken);

    private Task<int> FillContactsAsync(CancellationToken cancellationToken) => contexts.WriteAsync(
        async (db, cancel) =>
        {
            var rows = await db.Contacts.AsNoTracking().Where(row => row.SearchText == null).Take(Batch).ToListAsync(cancel);
            foreach (var row in rows)
            {
                await db.Contacts.Where(each => each.Id == row.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(each => each.SearchText, row.SearchText), cancel);
            }

            return rows.Count;
        },
        cancellationToken);
}
