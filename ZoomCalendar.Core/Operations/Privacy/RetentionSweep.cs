using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>
/// Erases bookers' data whose time is over, once a day for each sub-account that chose a time. A sub-account is swept by one node at a
/// time: the claim is in its row, and that of a dead node lapses. Thread-safe.
/// </summary>
public sealed class RetentionSweep(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>The time between two sweeps of a sub-account.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private const int Batch = BookerErasure.Batch;

    // What is left is swept when the claim has lapsed.
    private const int MaxBatches = 50;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(30);

    /// <summary>Sweeps all sub-accounts that are due.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var subAccount in await DueAsync(now, cancellationToken))
        {
            if (await ClaimAsync(subAccount, now, cancellationToken))
            {
                await SweepAsync(subAccount, now, cancellationToken);
            }
        }
    }

    private async Task<List<SubAccountId>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(db, now).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> ClaimAsync(SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + Claim;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(db, now).Where(row => row.Id == subAccount)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextSweepAt, until), cancellationToken) == 1;
    }

    private static IQueryable<SubAccount> Due(ZoomCalendarContext db, DateTimeOffset now) =>
        db.SubAccounts.Where(row => row.BookerDataMonths != null && (row.NextSweepAt == null || row.NextSweepAt <= now));

    private async Task SweepAsync(SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (total, isDone) = (0, false);
        for (var batch = 0; batch < MaxBatches && !isDone; batch++)
        {
            var erased = await contexts.WriteAsync(
                (db, stop) => StepAsync(db, subAccount, now, stop),
                _ => true,
                exception => exception is DbUpdateConcurrencyException,
                cancellationToken);
            total += erased;
            isDone = erased == 0;
        }

        if (total > 0)
        {
            await contexts.OverwriteLogAsync(cancellationToken);
        }

        if (isDone)
        {
            var next = now + Interval;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.SubAccounts.Where(row => row.Id == subAccount && row.NextSweepAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextSweepAt, next), cancellationToken);
        }
    }

    /// <returns>How many rows were erased; 0: nothing is left.</returns>
    private static async Task<int> StepAsync(
        ZoomCalendarContext db, SubAccountId subAccount, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Read each time: the setting may have changed during the sweep.
        var months = await db.SubAccounts.Where(row => row.Id == subAccount).Select(row => row.BookerDataMonths)
            .SingleAsync(cancellationToken);
        if (months is null)
        {
            return 0;
        }

        var oldest = now.AddMonths(-months.Value);
        var appointments = await db.Appointments
            .Where(row => row.SubAccountId == subAccount && row.ErasedAt == null && row.Start < oldest && row.End <= oldest)
            .OrderBy(row => row.Start).Take(Batch).ToListAsync(cancellationToken);
        await BookerEraser.EraseAsync(db, appointments, now, cancellationToken);
        var contacts = appointments.Count == Batch ? 0 : await EraseContactsAsync(db, subAccount, oldest, cancellationToken);
        var counts = new ErasedCounts(appointments.Count, contacts, 0);
        if (appointments.Count < Batch)
        {
            await BookerEraser.EraseMessagesAsync(
                db.Messages.Where(row => row.SubAccountId == subAccount && row.AppointmentId == null
                    && row.Receiver == MessageReceiver.Booker && row.CreatedAt < oldest && row.Address != ""),
                cancellationToken);
        }

        if (counts != ErasedCounts.None)
        {
            AuditLog.Add(db, AuditKind.RetentionSwept, subAccount, null, counts.ToString(), now);
        }

        return counts.Appointments + counts.Contacts;
    }

    /// <summary>Contacts that were not changed since, and have no appointment whose booker is kept.</summary>
    private static async Task<int> EraseContactsAsync(
        ZoomCalendarContext db, SubAccountId subAccount, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var old = await db.Contacts.AsNoTracking().Where(row => row.SubAccountId == subAccount && row.UpdatedAt < oldest)
            .Select(row => new { row.Id, row.Booker.Email }).ToListAsync(cancellationToken);
        List<ContactId> over = [];
        // The queries below read what this transaction has erased.
        await db.SaveChangesAsync(cancellationToken);
        foreach (var contact in old)
        {
            var (id, key) = (contact.Id, EmailAddress.Key(contact.Email));
            if (!await db.Appointments.AnyAsync(
                row => row.SubAccountId == subAccount && row.NormalizedEmail == key && row.ErasedAt == null
                    && (key != "" || row.ContactId == id), cancellationToken))
            {
                over.Add(id);
            }

            if (over.Count == Batch)
            {
                break;
            }
        }

        return await BookerEraser.EraseContactsAsync(db, subAccount, rows => rows.Where(row => over.Contains(row.Id)), cancellationToken);
    }
}
