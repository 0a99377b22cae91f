using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>Reads what is stored about a booker. Thread-safe.</summary>
public sealed class BookerDataReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <summary>For an admin with a fresh proof: everything of an address in the sub-account.</summary>
    public async Task<BookerDataOutcome> FindAsync(string email, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CurrentRoleAsync(actor, cancellationToken) switch
        {
            null => new BookerDataOutcome(Refusal.NotFound, AccountTexts.NoMember, null),
            not Role.Admin => new BookerDataOutcome(Refusal.Forbidden, AccountTexts.AdminsOnly, null),
            _ when await db.LacksProofAsync(actor, now, cancellationToken) =>
                new BookerDataOutcome(Refusal.ProofNeeded, "Confirm that it is you first. Nothing was read.", null),
            _ => new BookerDataOutcome(
                null, "", await ReadAsync(BookerScope.OfAddress(actor.SubAccountId, email), email, now, cancellationToken)),
        };
    }

    /// <summary>As <see cref="FindAsync"/>, for a file that leaves the app: the audit log says so.</summary>
    public async Task<BookerDataOutcome> ExportAsync(string email, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outcome = await FindAsync(email, actor, now, cancellationToken);
        if (outcome.Data is { } data)
        {
            await RecordAsync(
                actor.SubAccountId, actor.UserId, $"{data.Appointments.Count} appointments of a booker", now, cancellationToken);
        }

        return outcome;
    }

    /// <summary>As <see cref="ReadAsync"/>, for a file: the audit log says so.</summary>
    public async Task<BookerData> ExportAsync(BookerScope scope, string email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var data = await ReadAsync(scope, email, now, cancellationToken);
        await RecordAsync(scope.SubAccountId, null, $"By the booker: {data.Appointments.Count} appointments", now, cancellationToken);
        return data;
    }

    /// <summary>For a booker whose right to it was proven by a link.</summary>
    /// <param name="scope">Whose data.</param>
    /// <param name="email">The address as the booker writes it.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<BookerData> ReadAsync(BookerScope scope, string email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var appointments = await AppointmentsAsync(db, scope, now, cancellationToken);
        var history = await db.EventsNamingAsync(scope, cancellationToken);
        return new BookerData
        {
            Business = await db.SubAccounts.Where(row => row.Id == scope.SubAccountId).Select(row => row.Name)
                .SingleAsync(cancellationToken),
            Email = email,
            ExportedAt = now,
            Appointments = appointments,
            Contacts = scope.Only is null ? await ContactsAsync(db, scope, email, cancellationToken) : [],
            WaitingLists = scope.Only is null ? await WaitingAsync(db, scope, cancellationToken) : [],
            Messages = await MessagesAsync(db, scope, history, cancellationToken),
            History = [.. history.Select(row => new BookerHistory(row.AppointmentId, row.Kind.ToString(), row.At))],
        };
    }

    private async Task RecordAsync(
        SubAccountId subAccount, UserId? user, string subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        AuditLog.Add(db, AuditKind.DataExported, subAccount, user, subject, now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<List<BookerAppointment>> AppointmentsAsync(
        ZoomCalendarContext db, BookerScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from appointment in db.BookedUnder(scope).AsNoTracking()
            join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
            from host in db.Set<User>().Where(row => row.Id == appointment.HostId).DefaultIfEmpty()
            orderby appointment.Start descending, appointment.Id
            select new { appointment, calendar.Name, Host = host == null ? "" : host.Name }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new BookerAppointment
            {
                Id = row.appointment.Id,
                Calendar = row.Name,
                Host = row.Host,
                Start = row.appointment.Start,
                End = row.appointment.End,
                Status = row.appointment.Status.ToString(),
                Title = scope.Only is null ? row.appointment.Title : "",
                Name = row.appointment.Booker.Name,
                Email = row.appointment.Booker.Email,
                Phone = row.appointment.Booker.Phone,
                TimeZone = row.appointment.Booker.TimeZone,
                Notes = row.appointment.Notes,
                Location = LocationOf(row.appointment.Location),
                BookedBy = row.appointment.Source switch
                {
                    BookingSource.Public => "the booker",
                    BookingSource.Api => "a program",
                    _ => "staff",
                },
                BookedAt = row.appointment.CreatedAt,
                IsUpcoming = row.appointment.IsActive && row.appointment.End > now,
            }),
        ];
    }

    private static string LocationOf(MeetingLocation location) => location.Detail.Length > 0 ? location.Detail : location.Kind.ToString();

    private static async Task<List<BookerContact>> ContactsAsync(
        ZoomCalendarContext db, BookerScope scope, string email, CancellationToken cancellationToken)
    {
        var key = Contact.Normalize(email);
        return await db.Contacts.AsNoTracking().Where(row => row.SubAccountId == scope.SubAccountId && row.NormalizedEmail == key)
            .Select(row => new BookerContact(
                row.Booker.Name, row.Booker.Email, row.Booker.Phone, row.Booker.TimeZone, row.CreatedAt))
            .ToListAsync(cancellationToken);
    }

    private static Task<List<BookerWaiting>> WaitingAsync(
        ZoomCalendarContext db, BookerScope scope, CancellationToken cancellationToken) =>
        (from entry in db.WaitingEntries.AsNoTracking()
         where entry.SubAccountId == scope.SubAccountId && entry.NormalizedEmail == scope.Key
         join calendar in db.Calendars on entry.CalendarId equals calendar.Id
         orderby entry.Start
         select new BookerWaiting(
             calendar.Name,
             entry.Start,
             entry.Booker.Name,
             entry.Booker.Email,
             entry.Booker.Phone,
             entry.Notes,
             entry.LocationAnswer,
             entry.JoinedAt)).ToListAsync(cancellationToken);

    /// <summary>Also messages about appointments that are under another address now, and those that are about no appointment.</summary>
    private static async Task<List<BookerMessage>> MessagesAsync(
        ZoomCalendarContext db, BookerScope scope, IReadOnlyList<NamingEvent> history, CancellationToken cancellationToken)
    {
        var appointments = db.BookedUnder(scope).Select(row => (AppointmentId?)row.Id);
        List<AppointmentId?> former = [.. history.Select(row => row.AppointmentId).Distinct().Cast<AppointmentId?>()];
        var rows = await db.Messages.AsNoTracking()
            .Where(row => appointments.Contains(row.AppointmentId) || former.Contains(row.AppointmentId)
                || (scope.Only == null && row.SubAccountId == scope.SubAccountId && row.AppointmentId == null))
            .Where(row => row.Address != "" && (row.Receiver == MessageReceiver.Booker || row.Receiver == MessageReceiver.FormerBooker))
            .Select(row => new { row.Kind, row.Address, row.Subject, row.CreatedAt, row.SentAt }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(row => EmailAddress.Key(row.Address) == scope.Key).OrderBy(row => row.CreatedAt)
                .Select(row => new BookerMessage(row.Kind.ToString(), row.Address, row.Subject, row.CreatedAt, row.SentAt)),
        ];
    }
}
