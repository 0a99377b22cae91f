using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>Applies the members and locations of a <see cref="CalendarPatch"/>, by the rules of the settings pages.</summary>
internal static class CalendarMembers
{
    private const string NoHost = "teamMembers should not be empty: somebody has to host.";

    /// <returns>The refusal. Null: applied.</returns>
    public static async Task<ChangeOutcome?> WriteAsync(
        ZoomCalendarContext db, Calendar calendar, CalendarPatch patch, Actor actor, CancellationToken cancellationToken)
    {
        var isNew = db.Entry(calendar).State is EntityState.Added;
        if (!calendar.HasHost)
        {
            return patch.Members is { Count: > 0 }
                ? ChangeOutcome.Invalid("teamMembers: an event calendar has no members.")
                : SetLocation(calendar, null, patch.Location);
        }

        if (patch.Location is not null)
        {
            return ChangeOutcome.Invalid("locationConfigurations belong to event calendars; on others each of teamMembers has its own.");
        }

        if (patch.Members is not { } members)
        {
            return isNew ? ChangeOutcome.Invalid(NoHost) : null;
        }

        if (members.Count == 0 && calendar.Members.Count == 0 && !isNew)
        {
            return null;
        }

        if (MembersProblem(calendar, members) is { } problem)
        {
            return ChangeOutcome.Invalid(problem);
        }

        var before = calendar.PrimaryOwner?.UserId;
        await db.LockUsersAsync(members.Select(member => member.UserId), cancellationToken);
        foreach (var former in calendar.Members.Where(member => members.All(wanted => wanted.UserId != member.UserId)).ToList())
        {
            calendar.RemoveMember(former.UserId);
        }

        foreach (var member in members)
        {
            if (await AddAsync(db, calendar, member, actor, cancellationToken) is { } refused)
            {
                return refused;
            }
        }

        if (members.FirstOrDefault(member => member.IsPrimary) is { } primary)
        {
            calendar.MakePrimaryOwner(primary.UserId);
        }
        else if (isNew || calendar.PrimaryOwner?.UserId != before)
        {
            calendar.MakePrimaryOwner(
                (members.FirstOrDefault(member => calendar.Member(member.UserId)!.IsPrimaryOwner) ?? members[0]).UserId);
        }

        return null;
    }

    private static async Task<ChangeOutcome?> AddAsync(
        ZoomCalendarContext db, Calendar calendar, MemberPatch patch, Actor actor, CancellationToken cancellationToken)
    {
        if (calendar.Member(patch.UserId) is null)
        {
            if (await InitialLocation.OfAsync(db, calendar, patch.UserId, actor, cancellationToken) is not { } start)
            {
                return ChangeOutcome.NotFound("User not found");
            }

            calendar.AddMember(patch.UserId, start.Location);
        }

        var member = calendar.Member(patch.UserId)!;
        member.Priority = patch.Priority is { } priority && priority != MemberPatch.Level(member.Priority) ? priority : member.Priority;
        // A member who already uses Zoom keeps it, connected or not.
        if (patch.Location is { IsZoom: true } && !member.Location.IsZoom
            && (calendar.WhyNoZoom ?? await DefaultLocations.WhyNoZoomAsync(db, patch.UserId, actor, cancellationToken)) is { } reason)
        {
            return ChangeOutcome.Invalid(reason);
        }

        return SetLocation(calendar, patch.UserId, patch.Location);
    }

    private static ChangeOutcome? SetLocation(Calendar calendar, UserId? member, MeetingLocation? location)
    {
        if (location is null || (member is { } id && calendar.Member(id)!.Location == location))
        {
            return null;
        }

        if ((location.IsZoom ? calendar.WhyNoZoom : null) is { } never)
        {
            return ChangeOutcome.Invalid(never);
        }

        if (LocationInput.Problem(location) is { } problem)
        {
            return ChangeOutcome.Invalid(problem);
        }

        calendar.ChangeLocation(member, location);
        return null;
    }

    private static string? MembersProblem(Calendar calendar, IReadOnlyList<MemberPatch> members) => 0 switch
    {
        _ when members.Count == 0 => NoHost,
        _ when members.Count > 1 && calendar.HasOneOwner() => "teamMembers must hold exactly one member on this type of calendar.",
        _ when members.DistinctBy(member => member.UserId).Count() < members.Count => "teamMembers names a user twice.",
        _ when members.Count(member => member.IsPrimary) > 1 => "Only one of teamMembers can be primary.",
        _ => null,
    };
}
