using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

public sealed partial class ScheduleReader
{
    /// <summary>One appointment with everything its page shows; null if there is none that the viewer may see.</summary>
    public async Task<AppointmentDetails?> DetailsAsync(Actor actor, AppointmentId id, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Rows(db, actor, Visible(db, actor).Where(row => row.Id == id)).SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return null;
        }

        var appointment = row.Appointment;
        var calendar = await db.Calendars.AsNoTracking().Include(found => found.Members)
            .SingleAsync(found => found.Id == appointment.CalendarId, cancellationToken);
        var host = await db.Users.Where(user => user.Id == appointment.HostId).Select(user => user.Name)
            .FirstOrDefaultAsync(cancellationToken);
        var sameSlot = await db.ActiveIn(appointment.Slot).AsNoTracking()
            .Where(other => other.Id != id)
            .OrderBy(other => other.CreatedAt)
            .Select(other => new SameSlotAppointment(other.Id, other.Title, other.Booker.Name, other.Status))
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return new AppointmentDetails
        {
            Card = Card(row, now) with { Link = await db.LinkOfAsync(appointment, row.Meeting, now, cancellationToken) },
            Booker = appointment.Booker,
            Notes = appointment.Notes,
            CalendarName = calendar.Name,
            HostName = host,
            DoubleBook = appointment.DoubleBook,
            PresentLocation = calendar.LocationOf(appointment.HostId),
            CanStart = await StartPermission.CheckAsync(db, actor, appointment, row.Meeting, now, cancellationToken),
            CanConfirmAgain = row.IsMine && SendConfirmationAgain.IsPossible(appointment, now),
            SameSlot = sameSlot,
            Waiting = row.IsMine && calendar.HasWaitingList() ? await WaitingAsync(db, appointment.Slot, cancellationToken) : [],
        };
    }

    private static Task<List<WaitingPerson>> WaitingAsync(ZoomCalendarContext db, Slot slot, CancellationToken cancellationToken) =>
        db.WaitingEntries.AsNoTracking()
            .Where(row => row.CalendarId == slot.CalendarId && row.Start == slot.Start)
            .OrderBy(row => row.JoinedAt).ThenBy(row => row.Id)
            .Select(row => new WaitingPerson(row.Id, row.Booker.Name, row.Booker.Email, row.OfferedUntil))
            .ToListAsync(cancellationToken);
}
