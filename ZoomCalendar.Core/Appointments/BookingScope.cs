using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>One verb's transaction: who acts, when, and what they may touch.</summary>
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

    /// <summary>The appointment if this actor may change it and saw its present version; else the refusal.</summary>
    public async Task<(Appointment? Appointment, BookingOutcome? Refused)> FindForChangeAsync(AppointmentId id, int? version)
    {
        await db.LockTimeOfAsync(id, cancellationToken);
        var found = await (
            from appointment in db.Appointments
            where appointment.Id == id && appointment.SubAccountId == actor.SubAccountId
            select new
            {
                appointment,
                Role = db.Set<Membership>().Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId).Select(row => (Role?)row.Role).FirstOrDefault(),
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

    /// <summary>The locks of the slot that is left and of any that may be joined, in one ascending order.</summary>
    public async Task LockForMoveAsync(AppointmentId id)
    {
        if (await CalendarOfAsync(id) is { } calendar)
        {
            await db.LockForBookingAsync(calendar, cancellationToken, alsoTimeOf: id);
        }
    }

    /// <summary>Bookers come by a signed link that was checked at the edge; users host it themselves; admins may always.</summary>
    public bool MayChange(UserId? host, Role? roleNow, bool isCalendarMember) =>
        !actor.IsStaff || roleNow is Role.Admin || (roleNow is Role.User && isCalendarMember && host == actor.UserId);

    /// <summary>Saves a changed appointment, then its claims in the place of those it had.</summary>
    /// <param name="appointment">Its slot, length and status are what they are to be.</param>
    /// <param name="attendees">Whose time it takes besides its host's.</param>
    public async Task SaveWithBusyTimesAsync(Appointment appointment, IReadOnlyList<UserId> attendees)
    {
        await db.SaveChangesAsync(cancellationToken);
        await HostBusyTimes.EraseAsync(db, [appointment.Id], cancellationToken);
        await new BulkInsert(db).Add(HostBusyTimes.Of(appointment, attendees)).WriteAsync(cancellationToken);
    }

    /// <summary>The one way to give an appointment another booker: whoever tells people things has to hear of another address.</summary>
    public void ChangeBooker(Appointment appointment, Booker booker)
    {
        var former = appointment.Booker.Email;
        appointment.Booker = booker;
        if (!Booker.IsSameAddress(former, booker.Email))
        {
            Record(EventKind.BookerChanged, appointment, EventDetails.ForBooker(former, booker.Email));
        }
    }

    /// <summary>The appointment takes part in the meeting of the slot it is in now.</summary>
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
