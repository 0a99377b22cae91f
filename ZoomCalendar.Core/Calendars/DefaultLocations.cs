using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A member's default meeting location in one sub-account.</summary>
/// <param name="Version">Pass it back when saving; an outdated version is refused.</param>
/// <param name="IsConnected">True if the member is connected to Zoom in this sub-account, without which the default cannot be Zoom.</param>
public sealed record DefaultLocationView(UserId UserId, string UserName, MeetingLocation Location, int Version, bool IsConnected);

/// <summary>One of the member's calendars, in the preview of "default them all to Zoom".</summary>
/// <param name="WhyNot">Why it would not change. Null: it would.</param>
public sealed record LocationChange(CalendarId CalendarId, string CalendarName, MeetingLocation Now, string? WhyNot);

/// <param name="UserId">The member: the actor, or any member if the actor is an admin.</param>
/// <param name="Version">The version of the <see cref="DefaultLocationView"/>.</param>
/// <param name="Location">The new default location.</param>
/// <param name="AlsoOtherCalendars">For Zoom only: also change the member's location on all their V3 calendars in this sub-account, in the
/// same transaction.</param>
public sealed record SaveDefaultLocation(UserId UserId, int Version, MeetingLocation Location, bool AlsoOtherCalendars);

/// <summary>
/// Members' default meeting locations, which new memberships of V3 calendars start with. A user sets their own, an admin any member's. Zoom
/// needs a connected member.
/// </summary>
public sealed class DefaultLocations(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    /// <summary>Reads a member's default. Null: there is no such member, or the actor may not see it.</summary>
    public async Task<DefaultLocationView?> FindAsync(UserId user, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!MayEdit(user, actor, await db.CurrentRoleAsync(actor, cancellationToken)))
        {
            return null;
        }

        return await (
            from membership in db.Memberships.AsNoTracking()
            join person in db.Users on membership.UserId equals person.Id
            where membership.SubAccountId == actor.SubAccountId && membership.UserId == user
            select new DefaultLocationView(
                user,
                person.Name,
                membership.DefaultLocation,
                membership.Version,
                db.Set<Connection>().Any(row => row.SubAccountId == actor.SubAccountId && row.UserId == user)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The member's calendars in this sub-account, ordered by name, with those that would change to Zoom.</summary>
    public async Task<IReadOnlyList<LocationChange>> PreviewAsync(UserId user, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!MayEdit(user, actor, await db.CurrentRoleAsync(actor, cancellationToken)))
        {
            return [];
        }

        var calendars = await CalendarsOf(db, user, actor.SubAccountId).AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. calendars.Select(
                calendar => new LocationChange(calendar.Id, calendar.Name, calendar.Member(user)!.Location, WhyNot(calendar, user))),
        ];
    }

    /// <summary>Changes a member's default. See <see cref="SaveDefaultLocation"/>.</summary>
    public Task<ChangeOutcome> SaveAsync(
        SaveDefaultLocation request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(signals, db => SaveAsync(db, request, actor, now, cancellationToken), cancellationToken);

    private static async Task<ChangeOutcome> SaveAsync(
        ZoomCalendarContext db, SaveDefaultLocation request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.LockCalendarsOfAsync(request.UserId, actor.SubAccountId, cancellationToken);
        // The same lock that connecting and disconnecting take, so the connection exists until the commit.
        await db.LockUsersAsync([request.UserId], cancellationToken);
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        var membership = await db.Memberships.SingleOrDefaultAsync(
            row => row.SubAccountId == actor.SubAccountId && row.UserId == request.UserId, cancellationToken);
        if (role is null || membership is null)
        {
            return ChangeOutcome.NotFound(AccountTexts.NoMember);
        }

        if (!MayEdit(request.UserId, actor, role))
        {
            return ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
        }

        if (LocationInput.Problem(request.Location) is { } problem)
        {
            return ChangeOutcome.Invalid(problem);
        }

        if (request.Location.IsZoom && await WhyNoZoomAsync(db, request.UserId, actor, cancellationToken) is { } reason)
        {
            return ChangeOutcome.Invalid(reason);
        }

        if (membership.Version != request.Version)
        {
            return ChangeOutcome.Changed();
        }

        membership.ChangeDefaultLocation(request.Location);
        db.AddEvent(
            actor,
            EventKind.MembershipChanged,
            request.UserId,
            null,
            $"Default meeting location: {LocationInput.NameOf(request.Location.Kind)}.",
            now);
        if (request is { AlsoOtherCalendars: true, Location.IsZoom: true })
        {
            await SetAllToZoomAsync(db, request.UserId, actor, now, cancellationToken);
        }

        return ChangeOutcome.Done();
    }

    private static async Task SetAllToZoomAsync(
        ZoomCalendarContext db, UserId user, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var calendar in await CalendarsOf(db, user, actor.SubAccountId).ToListAsync(cancellationToken))
        {
            if (WhyNot(calendar, user) is null)
            {
                calendar.ChangeLocation(user, MeetingLocation.Zoom);
                calendar.RowVersion++;
                db.AddEvent(actor, EventKind.CalendarChanged, user, calendar.Id, "Meeting location: Zoom.", now);
            }
        }
    }

    /// <summary>Why the user cannot use Zoom in this sub-account, in a sentence. Null: they can.</summary>
    internal static async Task<string?> WhyNoZoomAsync(
        ZoomCalendarContext db, UserId user, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.IsConnectedAsync(actor.SubAccountId, user, cancellationToken))
        {
            return null;
        }

        return user == actor.UserId
            ? AccountTexts.ConnectFirst
            : AccountTexts.MemberMustConnect(
                await db.Users.Where(row => row.Id == user).Select(row => row.Name).SingleAsync(cancellationToken));
    }

    private static bool MayEdit(UserId user, Actor actor, Role? roleNow) =>
        roleNow is Role.Admin || (roleNow is not null && user == actor.UserId);

    private static string? WhyNot(Calendar calendar, UserId user) =>
        calendar.WhyNoZoom ?? (calendar.Member(user)!.Location.IsZoom ? "It already uses Zoom." : null);

    private static IQueryable<Calendar> CalendarsOf(ZoomCalendarContext db, UserId user, SubAccountId subAccount) =>
        db.Calendars
            .Include(calendar => calendar.Members)
            .Where(calendar => calendar.SubAccountId == subAccount && calendar.Members.Any(member => member.UserId == user))
            .OrderBy(calendar => calendar.Name).ThenBy(calendar => calendar.Id);
}
