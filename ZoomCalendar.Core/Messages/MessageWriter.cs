using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Reads events and writes the messages they call for, in one transaction with the reader's position. Thread-safe.</summary>
public sealed class MessageWriter(IDbContextFactory<ZoomCalendarContext> contexts, MessageSettings settings)
{
    private const string Reader = "messages";
    private const int Batch = 200;

    /// <summary>Creates the reader's position at the newest event, so that earlier events cause no messages. Idempotent.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.EventReaders.AnyAsync(reader => reader.Name == Reader, cancellationToken))
        {
            return;
        }

        db.EventReaders.Add(new EventReader
        {
            Name = Reader,
            Position = await db.Events.MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (DatabaseErrors.IsUniqueViolation(exception))
        {
            // Another process started at the same moment.
        }
    }

    /// <summary>Handles one batch of events.</summary>
    /// <returns>The number of events handled. Call again until it is 0.</returns>
    public async Task<int> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.HasUnreadEventsAsync(Reader, cancellationToken))
        {
            return 0;
        }

        try
        {
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            if (await db.LockReaderAsync(Reader, cancellationToken) is not { } reader)
            {
                return 0;
            }

            var events = await db.Events.AsNoTracking().UnreadBy(reader)
                .OrderBy(row => row.Id).Take(Batch)
                .ToListAsync(cancellationToken);

            await WriteAsync(db, events, cancellationToken);
            await NoticePlan.WriteAsync(db, events, cancellationToken);
            reader.Advance([.. events.Select(row => row.Id)], now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return events.Count;
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception))
        {
            // Another process handled the same events.
            return 0;
        }
    }

    /// <summary>
    /// The messages about these appointments, locked for the rest of the transaction, so that their state and addresses do not change
    /// during the decision. On SQLite the transaction itself is the lock.
    /// </summary>
    private static Task<List<Message>> LockedAsync(ZoomCalendarContext db, List<AppointmentId> ids, CancellationToken cancellationToken)
    {
        var values = ids.Select(id => id.Value).ToArray();
        return db.Database.IsNpgsql()
            ? db.Messages.FromSql($"""SELECT * FROM messages WHERE "AppointmentId" = ANY({values}) FOR UPDATE""")
                .ToListAsync(cancellationToken)
            : db.Messages.Where(row => row.AppointmentId != null && ids.Contains(row.AppointmentId.Value)).ToListAsync(cancellationToken);
    }

    private async Task WriteAsync(ZoomCalendarContext db, IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        List<AppointmentId> ids = [.. events.Select(row => row.AppointmentId).OfType<AppointmentId>().Distinct()];
        var appointments = await (
            from appointment in db.Appointments.AsNoTracking()
            where ids.Contains(appointment.Id)
            join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
            from meeting in db.Set<SlotMeeting>().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
            select new
            {
                appointment,
                calendar.ReminderMinutes,
                JoinUrl = (string?)meeting.JoinUrl,
                Passcode = (string?)meeting.Passcode,
            }).ToListAsync(cancellationToken);
        var messages = (await LockedAsync(db, ids, cancellationToken))
            .OrderBy(row => row.EventId).ThenBy(row => row.Id)
            .ToLookup(row => row.AppointmentId!.Value);

        var plans = appointments.ToDictionary(
            row => row.appointment.Id,
            row => new MessagePlan(
                row.appointment, row.JoinUrl, row.Passcode, row.ReminderMinutes, settings.WaitForLink,
                [.. messages[row.appointment.Id]]));
        foreach (var trigger in events)
        {
            if (trigger.AppointmentId is { } id && plans.TryGetValue(id, out var plan))
            {
                db.Messages.AddRange(plan.Apply(trigger));
            }
        }
    }
}
