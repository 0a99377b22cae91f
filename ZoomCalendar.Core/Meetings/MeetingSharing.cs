using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// Joins appointments to the meeting of their slot and removes them from it, inside a booking's transaction. Zoom is not called: the
/// reconciler makes Zoom agree later. One instance per transaction.
/// </summary>
internal sealed class MeetingSharing(
    ZoomCalendarContext db, ISlotAppointments appointments, DateTimeOffset now, CancellationToken cancellationToken)
{
    private static readonly CompiledQuery<
        Func<ZoomCalendarContext, CalendarId, UserId, DateTimeOffset, CancellationToken, Task<SlotMeeting?>>>
        MeetingFor = new(() => EF.CompileAsyncQuery(
        (ZoomCalendarContext db, CalendarId calendar, UserId host, DateTimeOffset start, CancellationToken _) => db.Set<SlotMeeting>()
            .Where(row => row.CalendarId == calendar && row.HostId == host && row.Start == start)
            .Where(row => row.State == SlotMeetingState.Wanted || row.State == SlotMeetingState.Live
                || (row.State == SlotMeetingState.Unwanted && row.InFlight == MeetingRequestKind.Create && row.JoinUrl == null))
            .OrderBy(row => row.State == SlotMeetingState.Unwanted)
            .FirstOrDefault()));

    // Meetings touched by this transaction. Their tracked state is newer than the result of a query.
    private readonly HashSet<SlotMeeting> _touched = [];

    /// <summary>Joins an appointment to the meeting of its slot, and opens one if the slot has none.</summary>
    /// <param name="appointment">An active Zoom appointment with a host, already in its new slot.</param>
    /// <param name="zoomUserKey">The key of the Zoom account that would serve a new meeting; null while the host is not connected.</param>
    /// <returns>The opened meeting, not yet added to the context; null if the slot already had one.</returns>
    public async Task<SlotMeeting?> JoinAsync(ISlotAppointment appointment, string? zoomUserKey)
    {
        var (calendar, host, start) = (appointment.Slot.CalendarId, appointment.Slot.HostId!.Value, appointment.Slot.Start);
        var meeting = _touched.FirstOrDefault(row => row.IsCurrent && row.Slot == appointment.Slot)
            ?? await MeetingFor.For(db)(db, calendar, host, start, cancellationToken);

        if (meeting is { IsCurrent: false } && (meeting.State is not SlotMeetingState.Unwanted || !meeting.CreationUnresolved))
        {
            // The meeting was released earlier in this transaction. The tracked entity is newer than the query's filter.
            meeting = null;
        }

        if (meeting is null)
        {
            meeting = new SlotMeeting(appointment.SubAccountId, appointment.Slot, appointment.End, zoomUserKey, now);
            _touched.Add(meeting);
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
            // The reconciler may be storing the link at this moment. The version makes one of the two transactions repeat.
            meeting.AppointmentJoined();
        }

        _touched.Add(meeting);
        appointment.SlotMeetingId = meeting.Id;
        if (meeting.State is SlotMeetingState.Live)
        {
            Record(EventKind.LinkReused, appointment);
        }

        return null;
    }

    /// <summary>
    /// Removes an appointment from its meeting. The meeting stays while others use it; after the last one its link is dropped for good.
    /// </summary>
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
            // On a one-seat calendar with a double-booked appointment the topic may have been the title of the one that left.
            meeting.ContentChanged(meeting.End, now);
        }

        appointment.SlotMeetingId = null;
    }

    /// <summary>A title or a length changed. The link stays, and Zoom may need an update.</summary>
    /// <returns>Whether there is a link, which was kept.</returns>
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
            _touched.Add(meeting);
        }

        return meeting;
    }

    private async Task<List<ISlotAppointment>> OthersAsync(ISlotAppointment leaving, SlotMeetingId meeting)
    {
        var sharing = await appointments.SharingAsync(db, meeting, cancellationToken);

        // Tracked entities include this transaction's changes, so the conditions are checked again in memory.
        return [.. sharing.Where(row => row.Id != leaving.Id && row.UsesZoom && row.SlotMeetingId == meeting)];
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
