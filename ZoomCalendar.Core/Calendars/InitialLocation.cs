using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// The meeting location of a new calendar member: the user's default, or "ask the booker" and the reason if the default cannot apply.
/// </summary>
internal sealed record InitialLocation(MeetingLocation Location, string Note)
{
    /// <returns>Null if the user is not a member of the sub-account.</returns>
    public static async Task<InitialLocation?> OfAsync(
        ZoomCalendarContext db, Calendar calendar, UserId user, Actor actor, CancellationToken cancellationToken)
    {
        var membership = await db.Memberships.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SubAccountId == actor.SubAccountId && row.UserId == user, cancellationToken);
        if (membership is null)
        {
            return null;
        }

        if (!membership.DefaultLocation.IsZoom)
        {
            return new InitialLocation(membership.DefaultLocation, "");
        }

        var reason = calendar.WhyNoZoom ?? await DefaultLocations.WhyNoZoomAsync(db, user, actor, cancellationToken);
        return reason is null
            ? new InitialLocation(MeetingLocation.Zoom, "")
            : new InitialLocation(MeetingLocation.AskTheBooker, $"The meeting location is \"Ask the booker\" for now. {reason}");
    }
}
