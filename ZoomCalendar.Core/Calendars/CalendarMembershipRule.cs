using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>Removes a member who leaves the sub-account from its calendars. The next member becomes the primary owner.</summary>
internal sealed class CalendarMembershipRule : IMembershipRule
{
    public Task LockAsync(ZoomCalendarContext db, UserId user, SubAccountId subAccount, CancellationToken cancellationToken) =>
        db.LockCalendarsOfAsync(user, subAccount, cancellationToken);

    public async Task LeaveAsync(ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var calendars = await db.Calendars.Include(row => row.Members)
            .Where(row => row.SubAccountId == actor.SubAccountId && row.Members.Any(member => member.UserId == user))
            .ToListAsync(cancellationToken);
        foreach (var calendar in calendars)
        {
            var wasOwner = calendar.Member(user)!.IsPrimaryOwner;
            calendar.RemoveMember(user);
            calendar.RowVersion++;
            if (wasOwner && calendar.PrimaryOwner is { } next)
            {
                calendar.MakePrimaryOwner(next.UserId);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
