using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Decides who may start an appointment's meeting as its host.</summary>
internal static class StartPermission
{
    /// <summary>Whether the actor can start the meeting now, by the rules of <c>StartLinkFetcher</c>, without asking Zoom.</summary>
    public static async Task<bool> CheckAsync(
        ZoomCalendarContext db,
        Actor actor,
        Appointment appointment,
        SlotMeeting? meeting,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        actor.IsStaff && appointment.UsesZoom && appointment.HostId is { } host && host == actor.UserId
            && meeting?.CanBeStarted(now) is true && await IsConnectedAsync(db, actor, meeting, cancellationToken);

    // A connection always belongs to a member. A foreign key ensures it.
    public static Task<bool> IsConnectedAsync(ZoomCalendarContext db, Actor actor, SlotMeeting meeting, CancellationToken cancellationToken)
    {
        var (subAccount, user, key) = (actor.SubAccountId, actor.UserId!.Value, meeting.ZoomUserKey);
        return db.Connections.AnyAsync(
            connection => connection.SubAccountId == subAccount && connection.UserId == user && connection.ZoomUserKey == key
                && db.Set<ZoomAccount>().Any(account => account.Key == key && account.State == ZoomAccountState.Connected),
            cancellationToken);
    }
}
