using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <param name="Stored">The stored text. Pass it back when saving.</param>
/// <param name="Hours">Weekly hours and date overrides. Office hours if the user never set any.</param>
/// <param name="TimeZone">The user's current zone, in which hours are saved.</param>
public sealed record AvailabilityView(string? Stored, Availability Hours, string TimeZone, IReadOnlyList<BlockedTimeView> Blocked);

/// <summary>A blocked time of the user that is not over. Start and End are UTC.</summary>
public sealed record BlockedTimeView(Guid Id, string Title, DateTimeOffset Start, DateTimeOffset End, int Version);

/// <summary>A user's own hours, date overrides and blocked times. Hours apply to all of the user's sub-accounts.</summary>
public sealed class UserAvailability(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    private static readonly TimeSpan MaxBlock = TimeSpan.FromDays(366);

    /// <summary>The actor's own availability. Null: not a member of the sub-account.</summary>
    public async Task<AvailabilityView?> FindAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is null)
        {
            return null;
        }

        var user = await db.Users.Where(row => row.Id == actor.UserId)
            .Select(row => new { row.Hours, row.TimeZone })
            .SingleAsync(cancellationToken);
        var blocked = await db.BlockedTimes
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId && row.CalendarId == null && row.End > now)
            .OrderBy(row => row.Start)
            .Select(row => new BlockedTimeView(row.Id, row.Title, row.Start, row.End, row.Version))
            .ToListAsync(cancellationToken);
        var hours = user.Hours is { } json ? AvailabilityJson.Parse(json) : new Availability(user.TimeZone, WeeklyHours.OfficeHours);
        return new AvailabilityView(user.Hours, hours, user.TimeZone, blocked);
    }

    /// <param name="seen">The stored text that the user saw.</param>
    /// <param name="wanted">The new hours, in the form of <see cref="AvailabilityJson"/>.</param>
    /// <param name="actor">The user whose hours change.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public Task<ChangeOutcome> SaveAsync(string? seen, string wanted, Actor actor, CancellationToken cancellationToken)
    {
        if (CalendarInput.HoursProblem(wanted) is { } problem)
        {
            return Task.FromResult(ChangeOutcome.Invalid(problem));
        }

        var json = AvailabilityJson.Serialize(AvailabilityJson.Parse(wanted));
        return ChangeOwnAsync(actor, async (db, user) =>
            await db.Users.Where(row => row.Id == user && row.Hours == seen)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Hours, json), cancellationToken) == 1
                ? ChangeOutcome.Done()
                : ChangeOutcome.Changed(),
            cancellationToken);
    }

    /// <summary>The problem with a blocked time's title, in a sentence that says what to do. Null: valid.</summary>
    public static string? TitleProblem(string title) => title.Trim().Length > BlockedTime.TitleMaxLength
        ? $"The title is too long: use at most {BlockedTime.TitleMaxLength} characters."
        : null;

    /// <summary>The problem with a blocked time's end, in a sentence that says what to do. Null: it can be blocked.</summary>
    public static string? EndProblem(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) => 0 switch
    {
        _ when end <= start => "Choose an end after the start.",
        _ when end <= now => "This time is over already. Choose a later end.",
        _ when end - start > MaxBlock => "A blocked time lasts at most a year. Choose an earlier end.",
        _ => null,
    };

    /// <summary>Blocks a time. Existing appointments stay.</summary>
    public Task<ChangeOutcome> BlockAsync(
        string title, DateTimeOffset start, DateTimeOffset end, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeOwnAsync(actor, (db, user) =>
        {
            if ((TitleProblem(title) ?? EndProblem(start, end, now)) is { } problem)
            {
                return Task.FromResult(ChangeOutcome.Invalid(problem));
            }

            db.BlockedTimes.Add(new BlockedTime
            {
                Id = Guid.CreateVersion7(now),
                SubAccountId = actor.SubAccountId,
                UserId = user,
                Title = StorableText.OneLine(title),
                Start = start.ToUniversalTime(),
                End = end.ToUniversalTime(),
            });
            return Task.FromResult(ChangeOutcome.Done());
        }, cancellationToken);

    /// <summary>Deletes one of the user's own blocked times.</summary>
    public Task<ChangeOutcome> UnblockAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        ChangeOwnAsync(actor, async (db, user) =>
            await db.BlockedTimes
                .Where(row => row.Id == id && row.SubAccountId == actor.SubAccountId && row.UserId == user)
                .ExecuteDeleteAsync(cancellationToken) == 1
                ? ChangeOutcome.Done()
                : ChangeOutcome.NotFound("This blocked time has already been removed."),
            cancellationToken);

    private Task<ChangeOutcome> ChangeOwnAsync(
        Actor actor, Func<ZoomCalendarContext, UserId, Task<ChangeOutcome>> change, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(
            signals,
            async db =>
            {
                if (actor.UserId is not { } user || await db.CurrentRoleAsync(actor, cancellationToken) is null)
                {
                    return ChangeOutcome.NotFound(AccountTexts.NoMember);
                }

                await db.LockUsersAsync([user], cancellationToken);
                return await change(db, user);
            },
            cancellationToken);
}
