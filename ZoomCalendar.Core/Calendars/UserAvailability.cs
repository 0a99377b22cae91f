using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <param name="Stored">As it stands in the database; to be handed back when saving.</param>
/// <param name="Hours">Weekly hours and days that differ; the ordinary ones if the user never set any.</param>
/// <param name="TimeZone">The user's zone now; saving counts the hours in it.</param>
public sealed record AvailabilityView(string? Stored, Availability Hours, string TimeZone, IReadOnlyList<BlockedTimeView> Blocked);

public sealed record BlockedTimeView(Guid Id, string Title, DateTimeOffset Start, DateTimeOffset End, int Version);

/// <summary>A user's own hours, days that differ, and blocked times. Hours count in all of the user's sub-accounts.</summary>
public sealed class UserAvailability(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    private static readonly TimeSpan MaxBlock = TimeSpan.FromDays(366);

    public async Task<AvailabilityView?> FindAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is null)
        {
            return null;
        }

        var user = await db.Users.Where(row => row.Id == actor.UserId).Select(row => new { row.Hours, row.TimeZone }).SingleAsync(cancellationToken);
        var blocked = await db.BlockedTimes
            .Where(row => row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId && row.CalendarId == null && row.End > now)
            .OrderBy(row => row.Start)
            .Select(row => new BlockedTimeView(row.Id, row.Title, row.Start, row.End, row.Version))
            .ToListAsync(cancellationToken);
        var hours = user.Hours is { } json ? AvailabilityJson.Parse(json) : new Availability(user.TimeZone, WeeklyHours.OfficeHours);
        return new AvailabilityView(user.Hours, hours, user.TimeZone, blocked);
    }

    /// <param name="seen">The stored text that the editor saw.</param>
    /// <param name="wanted">As <c>AvailabilityJson</c> writes it.</param>
    /// <param name="actor">Whose own hours.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    public Task<ChangeOutcome> SaveAsync(string? seen, string wanted, Actor actor, CancellationToken cancellationToken)
    {
        string json;
        try
        {
            json = AvailabilityJson.Serialize(AvailabilityJson.Parse(wanted));
        }
        catch (JsonException)
        {
            return Task.FromResult(ChangeOutcome.Invalid("These hours cannot be read. Enter times such as 09:00 to 17:00."));
        }

        return OwnAsync(actor, async (db, user) =>
            await db.Users.Where(row => row.Id == user && row.Hours == seen).ExecuteUpdateAsync(set => set.SetProperty(row => row.Hours, json), cancellationToken) == 1
                ? ChangeOutcome.Done()
                : ChangeOutcome.Changed(),
            cancellationToken);
    }

    /// <summary>Nobody can book this time; appointments that stand there stay.</summary>
    public Task<ChangeOutcome> BlockAsync(string title, DateTimeOffset start, DateTimeOffset end, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        OwnAsync(actor, (db, user) =>
        {
            if (title.Trim().Length > BlockedTime.TitleMaxLength)
            {
                return Task.FromResult(ChangeOutcome.Invalid($"The title is too long: use at most {BlockedTime.TitleMaxLength} characters."));
            }

            if (end <= start || end <= now || end - start > MaxBlock)
            {
                return Task.FromResult(ChangeOutcome.Invalid("A blocked time ends after it starts, is not over yet, and lasts at most a year."));
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

    public Task<ChangeOutcome> UnblockAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        OwnAsync(actor, async (db, user) =>
            await db.BlockedTimes.Where(row => row.Id == id && row.SubAccountId == actor.SubAccountId && row.UserId == user).ExecuteDeleteAsync(cancellationToken) == 1
                ? ChangeOutcome.Done()
                : ChangeOutcome.NotFound("This blocked time is gone already."),
            cancellationToken);

    private Task<ChangeOutcome> OwnAsync(Actor actor, Func<ZoomCalendarContext, UserId, Task<ChangeOutcome>> change, CancellationToken cancellationToken) =>
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
