using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Meetings;

/// <summary>Finds, from the events, why a meeting's link is created now, for each appointment that carries it.</summary>
internal static class LinkCauses
{
    public static async Task<Dictionary<AppointmentId, LinkCause>> OfAsync(
        ZoomCalendarContext db, SlotMeeting meeting, List<AppointmentId> appointments, CancellationToken cancellationToken)
    {
        var events = await db.Events.AsNoTracking()
            .Where(row => row.AppointmentId != null && appointments.Contains(row.AppointmentId.Value))
            .Where(row => row.Kind == EventKind.AppointmentBooked || row.Kind == EventKind.AppointmentMoved
                || row.Kind == EventKind.AppointmentRestored
                || row.Kind == EventKind.LinkLost
                || (row.Kind == EventKind.AppointmentEdited && row.Detail == EventDetails.LocationSwitched))
            .Select(row => new { row.Id, row.AppointmentId, row.Kind, row.UserId, row.FormerUserId })
            .ToListAsync(cancellationToken);
        var causes = events.GroupBy(row => row.AppointmentId!.Value).Select(group => group.MaxBy(row => row.Id)!).ToList();
        if (causes.Count == 0)
        {
            return [];
        }

        // Only events after the first cause matter, which keeps the scanned range short.
        var (subAccount, host, first) = (meeting.SubAccountId, meeting.HostId, causes.Min(row => row.Id));
        var connected = await db.Events
            .Where(row => row.SubAccountId == subAccount && row.Id > first && row.UserId == host
                && (row.Kind == EventKind.ConnectionMade || row.Kind == EventKind.ConnectionRestored))
            .MaxAsync(row => (long?)row.Id, cancellationToken);
        return causes.ToDictionary(
            last => last.AppointmentId!.Value,
            last => last.Kind switch
            {
                _ when connected > last.Id => LinkCause.Connected,
                EventKind.AppointmentMoved when last.FormerUserId != last.UserId => LinkCause.HostChanged,
                EventKind.AppointmentMoved => LinkCause.Rescheduled,
                EventKind.AppointmentRestored => LinkCause.Restored,
                EventKind.LinkLost => LinkCause.DeletedInZoom,
                EventKind.AppointmentEdited => LinkCause.LocationChanged,
                _ => LinkCause.Booked,
            });
    }
}
