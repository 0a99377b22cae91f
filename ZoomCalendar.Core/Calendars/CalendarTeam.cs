using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// The members of a calendar and their meeting locations. Admins may change everything, a user their own meeting location.
/// </summary>
public sealed class CalendarTeam(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    private const string NotAMember = "This user is not on this calendar.";

    /// <summary>
    /// Adds a member with the user's default meeting location. On a calendar with one owner, the new member replaces the owner.
    /// </summary>
    public Task<ChangeOutcome> AddAsync(
        CalendarId id, int rowVersion, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(id, rowVersion, actor, null, async (db, calendar) =>
        {
            if (!calendar.HasHost)
            {
                return ChangeOutcome.Invalid("An event calendar has no members.");
            }

            if (calendar.Member(user) is not null)
            {
                return ChangeOutcome.Invalid("This user is on this calendar already.");
            }

            await db.LockUsersAsync([user], cancellationToken);
            if (await InitialLocation.OfAsync(db, calendar, user, actor, cancellationToken) is not { } start)
            {
                return ChangeOutcome.NotFound(AccountTexts.NoMember);
            }

            if (calendar.HasOneOwner())
            {
                foreach (var former in calendar.Members.ToList())
                {
                    calendar.RemoveMember(former.UserId);
                }
            }

            calendar.AddMember(user, start.Location, isPrimaryOwner: calendar.Members.Count == 0);
            db.AddEvent(calendar, actor, "Member added.", now, user);
            return ChangeOutcome.Done(start.Note);
        }, cancellationToken);

    /// <summary>Removes a member. Upcoming appointments keep their host until they are reassigned.</summary>
    public Task<ChangeOutcome> RemoveAsync(
        CalendarId id, int rowVersion, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeMemberAsync(id, rowVersion, user, actor, (db, calendar, member) =>
        {
            if (calendar.Members.Count == 1)
            {
                return ChangeOutcome.Invalid("A calendar needs a host. Add another user first, or archive the calendar.");
            }

            calendar.RemoveMember(user);
            if (member.IsPrimaryOwner)
            {
                calendar.MakePrimaryOwner(calendar.Members[0].UserId);
            }

            db.AddEvent(calendar, actor, "Member removed.", now, user);
            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>Makes a member the primary owner.</summary>
    public Task<ChangeOutcome> MakePrimaryOwnerAsync(
        CalendarId id, int rowVersion, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeMemberAsync(id, rowVersion, user, actor, (db, calendar, _) =>
        {
            calendar.MakePrimaryOwner(user);
            db.AddEvent(calendar, actor, "Primary owner changed.", now, user);
            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>Round robin chooses higher priorities first.</summary>
    public Task<ChangeOutcome> SetPriorityAsync(
        CalendarId id, int rowVersion, UserId user, int priority, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeMemberAsync(id, rowVersion, user, actor, (db, calendar, member) =>
        {
            if (CalendarInput.PriorityProblem(priority) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            member.Priority = priority;
            db.AddEvent(calendar, actor, "Priority changed.", now, user);
            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>
    /// Changes a member's meeting location, or the calendar's on an event calendar (no user). Zoom needs a V3 calendar and a connected
    /// member.
    /// </summary>
    public Task<ChangeOutcome> ChangeLocationAsync(
        CalendarId id,
        int rowVersion,
        UserId? user,
        MeetingLocation location,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        ChangeAsync(id, rowVersion, actor, user, async (db, calendar) =>
        {
            if (calendar.HasHost ? user is null || calendar.Member(user.Value) is null : user is not null)
            {
                return ChangeOutcome.NotFound(NotAMember);
            }

            if (LocationInput.Problem(location) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            if (location.IsZoom)
            {
                if (calendar.WhyNoZoom is { } never)
                {
                    return ChangeOutcome.Invalid(never);
                }

                await db.LockUsersAsync([user!.Value], cancellationToken);
                if (await DefaultLocations.WhyNoZoomAsync(db, user.Value, actor, cancellationToken) is { } reason)
                {
                    return ChangeOutcome.Invalid(reason);
                }
            }

            calendar.ChangeLocation(user, location);
            db.AddEvent(calendar, actor, $"Meeting location: {LocationInput.NameOf(location.Kind)}.", now, user);
            return ChangeOutcome.Done();
        }, cancellationToken);

    private Task<ChangeOutcome> ChangeMemberAsync(
        CalendarId id,
        int rowVersion,
        UserId user,
        Actor actor,
        Func<ZoomCalendarContext, Calendar, CalendarMember, ChangeOutcome> change,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            rowVersion,
            actor,
            null,
            (db, calendar) =>
                Task.FromResult(calendar.Member(user) is { } member ? change(db, calendar, member) : ChangeOutcome.NotFound(NotAMember)),
            cancellationToken);

    private Task<ChangeOutcome> ChangeAsync(
        CalendarId id,
        int rowVersion,
        Actor actor,
        UserId? own,
        Func<ZoomCalendarContext, Calendar, Task<ChangeOutcome>> change,
        CancellationToken cancellationToken) =>
        contexts.ChangeCalendarAsync(signals, id, rowVersion, actor, own, change, cancellationToken);
}
