using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The transaction of one use case: its context, the actor and the present. One instance per transaction.</summary>
internal sealed class BookingScope(ZoomCalendarContext db, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
{
    public ZoomCalendarContext Db => db;

    public Actor Actor => actor;

    public DateTimeOffset Now => now;

    public CancellationToken CancellationToken => cancellationToken;

    public MeetingSharing Meetings { get; } = new(db, new SlotAppointments(), now, cancellationToken);

    public Task<CalendarId?> CalendarOfAsync(AppointmentId id) =>
        db.Appointments
            .Where(appointment => appointment.Id == id && appointment.SubAccountId == actor.SubAccountId)
            .Select(appointment => (CalendarId?)appointment.CalendarId)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Finds and locks an appointment for a change: the appointment if the actor may change it and saw its present version, or the refusal.
    /// </summary>
    public async Task<(Appointment? Appointment, BookingOutcome? Refused)> FindForChangeAsync(AppointmentId id, int? version)
    {
        await db.LockTimeOfAsync(id, cancellationToken);
        var found = await (
            from appointment in db.Appointments
            where appointment.Id == id && appointment.SubAccountId == actor.SubAccountId
            select new
            {
                appointment,
                Role = db.Set<Membership>().Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId)
                    .Select(row => (Role?)row.Role).FirstOrDefault(),
                IsMember = db.Set<CalendarMember>().Any(row => row.CalendarId == appointment.CalendarId && row.UserId == actor.UserId),
            }).FirstOrDefaultAsync(cancellationToken);

        if (found is null || found.appointment.Status is AppointmentStatus.Deleted)
        {
            return (null, BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NotFound));
        }

        if (!MayChange(found.appointment.HostId, found.Role, found.IsMember))
        {
            return (null, BookingOutcome.Refused(Refusal.Forbidden, AppointmentTexts.NotYours));
        }

        return version is { } seen && seen != found.appointment.Version
            ? (null, BookingOutcome.Refused(Refusal.Changed, AppointmentTexts.Changed))
            : (found.appointment, null);
    }

    public Task<List<Appointment>> ActiveInAsync(Slot slot) => db.ActiveInAsync(slot, actor.SubAccountId, cancellationToken);

    public Task<BookingRules> RulesOfAsync(CalendarId calendar) =>
        db.Calendars.AsNoTracking().Where(row => row.Id == calendar).Select(row => row.Rules).FirstAsync(cancellationToken);

    /// <summary>Locks the users of the slot that is left and of any slot that may be joined, in one ascending order.</summary>
    public async Task LockForMoveAsync(AppointmentId id)
    {
        if (await CalendarOfAsync(id) is { } calendar)
        {
            await db.LockForBookingAsync(calendar, cancellationToken, alsoTimeOf: id);
        }
    }

    /// <summary>
    /// Bookers have a signed link, which was checked before. Users may change what they host as members of the calendar, admins everything.
    /// </summary>
    public bool MayChange(UserId? host, Role? roleNow, bool isCalendarMember) =>
        !actor.IsStaff || roleNow is Role.Admin || (roleNow is Role.User && isCalendarMember && host == actor.UserId);

    /// <summary>Saves a changed appointment and replaces its busy times.</summary>
    /// <param name="appointment">The appointment with its new slot, length and status.</param>
    /// <param name="attendees">The users whose time it takes besides its host's.</param>
    public async Task SaveWithBusyTimesAsync(Appointment appointment, IReadOnlyList<UserId> attendees)
    {
        await db.SaveChangesAsync(cancellationToken);
        await HostBusyTimes.EraseAsync(db, [appointment.Id], cancellationToken);
        await new BulkInsert(db).Add(HostBusyTimes.Of(appointment, attendees)).WriteAsync(cancellationToken);
    }

    /// <summary>Changes an appointment's booker. Another address is recorded as an event, because messages depend on it.</summary>
    public void ChangeBooker(Appointment appointment, Booker booker)
    {
        var former = appointment.Booker.Email;
        appointment.Booker = booker;
        appointment.ReplaceErasedBooker();
        if (!Booker.IsSameAddress(former, booker.Email))
        {
            Record(EventKind.BookerChanged, appointment, EventDetails.BookerChange(former, booker.Email));
        }
    }

    /// <summary>Joins the appointment to the meeting of its present slot.</summary>
    public async Task JoinMeetingAsync(Appointment appointment, BookingSchedule schedule)
    {
        if (await Meetings.JoinAsync(appointment, schedule.ZoomUserKeyOf(appointment.HostId!.Value)) is { } opened)
        {
            db.SlotMeetings.Add(opened);
        }
    }

    public void Record(EventKind kind, Appointment appointment, string detail = "", Slot? former = null) =>
        db.Events.Add(EventOf(kind, appointment, detail, former));

    public Event EventOf(EventKind kind, Appointment appointment, string detail = "", Slot? former = null) => new()
    {
        At = now,
        SubAccountId = appointment.SubAccountId,
        Kind = kind,
        AppointmentId = appointment.Id,
        CalendarId = appointment.CalendarId,
        SlotMeetingId = appointment.SlotMeetingId,
        UserId = appointment.HostId,
        ActorId = actor.UserId,
        Detail = detail,
        FormerStart = former?.Start,
        FormerUserId = former?.HostId,
    };
}
