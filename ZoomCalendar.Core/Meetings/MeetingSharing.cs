using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// Who shares a link: inside a booking's transaction, appointments join and leave the meeting of their slot.
/// It changes wishes only; the reconciler makes Zoom agree.
/// </summary>
internal sealed class MeetingSharing(ZoomCalendarContext db, ISlotAppointments appointments, DateTimeOffset now, CancellationToken cancellationToken)
{
    private static readonly CompiledQuery<Func<ZoomCalendarContext, CalendarId, UserId, DateTimeOffset, CancellationToken, Task<SlotMeeting?>>> MeetingFor = new(() => EF.CompileAsyncQuery(
        (ZoomCalendarContext db, CalendarId calendar, UserId host, DateTimeOffset start, CancellationToken _) => db.Set<SlotMeeting>()
            .Where(row => row.CalendarId == calendar && row.HostId == host && row.Start == start)
            .Where(row => row.State == SlotMeetingState.Wanted || row.State == SlotMeetingState.Live
                || (row.State == SlotMeetingState.Unwanted && row.InFlight == MeetingRequestKind.Create && row.JoinUrl == null))
            .OrderBy(row => row.State == SlotMeetingState.Unwanted)
            .FirstOrDefault()));

    // What this transaction has touched: newer than any query's view of it.
    private readonly HashSet<SlotMeeting> _known = [];

    /// <param name="appointment">Active, on Zoom, with a host; its slot is the one it has now.</param>
    /// <param name="zoomUserKey">Whose Zoom account would serve a new meeting; null: it waits for a connection.</param>
    /// <returns>The meeting that had to be opened, still to be saved; null: the slot has one.</returns>
    public async Task<SlotMeeting?> JoinAsync(ISlotAppointment appointment, string? zoomUserKey)
    {
        var (calendar, host, start) = (appointment.Slot.CalendarId, appointment.Slot.HostId!.Value, appointment.Slot.Start);
        var meeting = _known.FirstOrDefault(row => row.IsCurrent && row.Slot == appointment.Slot)
            ?? await MeetingFor.For(db)(db, calendar, host, start, cancellationToken);

        if (meeting is { IsCurrent: false } && (meeting.State is not SlotMeetingState.Unwanted || !meeting.CreationUnresolved))
        {
            // Released earlier in this same transaction: the tracked row is newer than the query's view of it.
            meeting = null;
        }

        if (meeting is null)
        {
            meeting = new SlotMeeting(appointment.SubAccountId, appointment.Slot, appointment.End, zoomUserKey, now);
            _known.Add(meeting);
            appointment.SlotMeetingId = meeting.Id;
            return meeting;
        }

        if (meeting.State is SlotMeetingState.Unwanted)
        {
            meeting.Reclaim(appointment.End);
        }
        else if (appointment.End > meeting.End)
        {
            meeting.ContentChanged(appointment.End, now);
        }
        else
        {
            // The reconciler may be writing the link at this moment: one of the two has to see the other.
            meeting.AppointmentJoined();
        }

        _known.Add(meeting);
        appointment.SlotMeetingId = meeting.Id;
        if (meeting.State is SlotMeetingState.Live)
        {
            Record(EventKind.LinkReused, appointment);
        }

        return null;
    }

    /// <summary>The meeting stays while others of the slot use it; with the last one its link is dropped for good.</summary>
    public async Task LeaveAsync(ISlotAppointment appointment, LeavingReason why)
    {
        if (await MeetingOfAsync(appointment) is not { } meeting)
        {
            appointment.SlotMeetingId = null;
            return;
        }

        var others = await OthersAsync(appointment, meeting.Id);
        if (others.Count == 0)
        {
            var detail = LinkDescriber.Dropped(why, meeting, now).Text;
            meeting.Release(now);
            Record(EventKind.LinkDropped, appointment, detail);
        }
        else if (others.Max(other => other.End) is var end && end != meeting.End)
        {
            meeting.ContentChanged(end, now);
        }
        else
        {
            // On a one-seat calendar with a double-booked seat the topic was perhaps the leaver's title.
            meeting.ContentChanged(meeting.End, now);
        }

        appointment.SlotMeetingId = null;
    }

    /// <summary>A title or a length changed: the same link goes on working, Zoom may have to be told.</summary>
    /// <returns>There is a link, and it was kept.</returns>
    public async Task<bool> ContentChangedAsync(ISlotAppointment appointment)
    {
        if (await MeetingOfAsync(appointment) is not { } meeting)
        {
            return false;
        }

        var others = await OthersAsync(appointment, meeting.Id);
        meeting.ContentChanged(others.Select(other => other.End).Append(appointment.End).Max(), now);
        return meeting.JoinUrl is not null;
    }

    private async Task<SlotMeeting?> MeetingOfAsync(ISlotAppointment appointment)
    {
        var meeting = appointment.SlotMeetingId is { } id ? await db.SlotMeetings.FindAsync([id], cancellationToken) : null;
        if (meeting is not null)
        {
            _known.Add(meeting);
        }

        return meeting;
    }

    private async Task<List<ISlotAppointment>> OthersAsync(ISlotAppointment leaver, SlotMeetingId meeting)
    {
        var sharing = await appointments.SharingAsync(db, meeting, cancellationToken);

        // Tracked rows are as this transaction has changed them, saved or not.
        return [.. sharing.Where(row => row.Id != leaver.Id && row.UsesZoom && row.SlotMeetingId == meeting)];
    }

    private void Record(EventKind kind, ISlotAppointment appointment, string detail = "") => db.Events.Add(new Event
    {
        At = now,
        SubAccountId = appointment.SubAccountId,
        Kind = kind,
        AppointmentId = appointment.Id,
        CalendarId = appointment.Slot.CalendarId,
        SlotMeetingId = appointment.SlotMeetingId,
        UserId = appointment.Slot.HostId,
        Detail = detail,
    });
}
