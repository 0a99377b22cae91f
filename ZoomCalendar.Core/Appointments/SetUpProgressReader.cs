using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The first calendar that a user hosts.</summary>
public sealed record FirstCalendar(CalendarId Id, string Name, string Slug, bool IsOnZoom);

/// <summary>How far a business is from its first booking with a Zoom link, seen by one member.</summary>
/// <param name="Calendar">Null: the member hosts none.</param>
/// <param name="IsConnected">The member is connected to Zoom in this sub-account.</param>
/// <param name="HasAppointment">Somebody has been booked in this sub-account.</param>
public sealed record SetUpProgress(FirstCalendar? Calendar, bool IsConnected, bool HasAppointment);

/// <summary>Reads what of the first steps is done, from the rows themselves. Thread-safe.</summary>
public sealed class SetUpProgressReader(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <returns>Null: the actor is no admin of the sub-account, and admins alone set it up.</returns>
    public async Task<SetUpProgress?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin || actor.UserId is not { } user)
        {
            return null;
        }

        var calendar = await (
            from member in db.CalendarMembers
            join row in db.Calendars on member.CalendarId equals row.Id
            where row.SubAccountId == actor.SubAccountId && !row.IsArchived && member.UserId == user
            orderby row.Id
            select new FirstCalendar(row.Id, row.Name, row.Slug, member.Location.Kind == MeetingLocationKind.Zoom))
            .FirstOrDefaultAsync(cancellationToken);
        return new(
            calendar,
            await db.IsConnectedAsync(actor.SubAccountId, user, cancellationToken),
            await db.Appointments.AnyAsync(row => row.SubAccountId == actor.SubAccountId, cancellationToken));
    }
}
