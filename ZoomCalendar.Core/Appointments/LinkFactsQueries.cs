using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>An appointment with the facts of its link.</summary>
/// <param name="Appointment">The appointment.</param>
/// <param name="Meeting">Its slot meeting; null if there is none.</param>
/// <param name="Account">The state of the Zoom account that serves the meeting; null if none is connected.</param>
internal sealed record AppointmentLink(Appointment Appointment, SlotMeeting? Meeting, ZoomAccountState? Account)
{
    public LinkFacts Link(DateTimeOffset now) => LinkFacts.Of(Appointment, Meeting, Account, now);
}

/// <summary>Queries for the facts of one appointment's link.</summary>
public static class LinkFactsQueries
{
    /// <summary>Reads the facts of an appointment's link.</summary>
    /// <param name="db">The database.</param>
    /// <param name="appointment">The appointment.</param>
    /// <param name="meeting">Its slot meeting; null if there is none.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public static async Task<LinkFacts> LinkOfAsync(
        this ZoomCalendarContext db, Appointment appointment, SlotMeeting? meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (appointment is { IsActive: false, Location.IsZoom: true })
        {
            return LinkFacts.None with { HadLink = await HadLinkAsync(db, appointment.Id, cancellationToken) };
        }

        var account = meeting?.ZoomUserKey is { } key ? await StateOfAsync(db, key, cancellationToken) : null;
        var link = LinkFacts.Of(appointment, meeting, account, now);
        return link is { ExpectedAt: not null }
            ? link with { MayTakeDays = await AheadAsync(db, meeting!, cancellationToken) >= QuotaDay.Limit }
            : link;
    }

    /// <summary>Finds the meeting that an appointment left with a change of host; null if nothing was left behind.</summary>
    /// <param name="db">The database.</param>
    /// <param name="moved">The id of the event of the change.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public static async Task<(SlotMeeting Meeting, ZoomAccountState? Account)?> LeftMeetingAsync(
        this ZoomCalendarContext db, long moved, CancellationToken cancellationToken)
    {
        var meeting = await (
            from change in db.Events
            where change.Id == moved
            from dropped in db.Set<Event>()
            where dropped.AppointmentId == change.AppointmentId && dropped.At == change.At && dropped.Id < change.Id
                && dropped.Kind == EventKind.LinkDropped && dropped.UserId == change.FormerUserId
            orderby dropped.Id descending
            from row in db.Set<SlotMeeting>().AsNoTracking()
            where row.Id == dropped.SlotMeetingId
            select row).FirstOrDefaultAsync(cancellationToken);
        return meeting is null ? null : (meeting, meeting.ZoomUserKey is { } key ? await StateOfAsync(db, key, cancellationToken) : null);
    }

    /// <summary>Reads appointments with their meetings and accounts in one statement, without tracking.</summary>
    internal static IQueryable<AppointmentLink> WithMeetings(this ZoomCalendarContext db, IQueryable<Appointment> appointments) =>
        from appointment in appointments.AsNoTracking()
        from meeting in db.Set<SlotMeeting>().AsNoTracking().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
        select new AppointmentLink(
            appointment,
            meeting,
            db.Set<ZoomAccount>().Where(row => row.Key == meeting.ZoomUserKey).Select(row => (ZoomAccountState?)row.State)
                .FirstOrDefault());

    private static Task<ZoomAccountState?> StateOfAsync(ZoomCalendarContext db, string key, CancellationToken cancellationToken) =>
        db.ZoomAccounts.Where(row => row.Key == key).Select(row => (ZoomAccountState?)row.State).FirstOrDefaultAsync(cancellationToken);

    private static Task<bool> HadLinkAsync(ZoomCalendarContext db, AppointmentId id, CancellationToken cancellationToken) =>
        db.Events.AnyAsync(
            row => row.AppointmentId == id
                && (row.Kind == EventKind.LinkReady || row.Kind == EventKind.LinkReused || row.Kind == EventKind.LinkChanged),
            cancellationToken);

    /// <summary>The number of requests that are sent before this meeting's creation after the reset.</summary>
    private static Task<int> AheadAsync(ZoomCalendarContext db, SlotMeeting meeting, CancellationToken cancellationToken)
    {
        var (key, start, id) = (meeting.ZoomUserKey, meeting.Start, meeting.Id);
        return db.SlotMeetings.CountAsync(
            row => row.ZoomUserKey == key && row.Id != id && row.Start <= start && row.WaitingFor == WaitingFor.Quota
                && (row.State == SlotMeetingState.Wanted || row.State == SlotMeetingState.Live),
            cancellationToken);
    }
}
