using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Creates and changes calendars, for the API. One request is one transaction, with the rules of the settings pages. Appointments keep the
/// settings that they were booked with; upcoming meetings are updated in Zoom.
/// </summary>
public sealed class CalendarWriter(IDbContextFactory<ZoomCalendarContext> contexts, ICalendarAppointments appointments, Signals signals)
{
    private const int MaxAttempts = 10;

    /// <param name="id">Chosen by the caller, so that a repeated request creates one calendar.</param>
    /// <param name="patch">The settings of the new calendar.</param>
    /// <param name="actor">The user who makes the change.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<ChangeOutcome> CreateAsync(
        CalendarId id, CalendarPatch patch, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await CreateOnceAsync(id, patch, actor, now, cancellationToken);
            // Another calendar took the generated slug, so the next free one is used.
            if (outcome.Refusal is not Refusal.Changed || attempt == MaxAttempts)
            {
                return outcome;
            }
        }
    }

    private Task<ChangeOutcome> CreateOnceAsync(
        CalendarId id, CalendarPatch patch, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(
            signals,
            async db =>
            {
                if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
                {
                    return ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
                }

                if (await db.Calendars.AnyAsync(row => row.Id == id && row.SubAccountId == actor.SubAccountId, cancellationToken))
                {
                    return ChangeOutcome.Done();
                }

                var zone = await db.Users.Where(user => user.Id == actor.UserId)
                    .Select(user => user.TimeZone)
                    .SingleAsync(cancellationToken);
                var slug = patch.Slug ?? await FreeSlugAsync(db, actor.SubAccountId, patch.Name ?? "", cancellationToken);
                var calendar = new Calendar(
                    id, actor.SubAccountId, "", slug, patch.Type ?? CalendarType.RoundRobin, CalendarVersion.V3, zone, now);
                db.Calendars.Add(calendar);
                return await WriteAsync(db, calendar, patch, actor, cancellationToken) is { } refused
                    ? refused
                    : AddEventAndFinish(db, calendar, actor, "Created by a program.", now);
            },
            cancellationToken);

    /// <param name="id">The calendar.</param>
    /// <param name="expectedVersion">The version that the client saw. Null: any.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="actor">The user who makes the change.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public Task<ChangeOutcome> UpdateAsync(
        CalendarId id, int? expectedVersion, CalendarPatch patch, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        CalendarChanges.TwiceAsync(stop => LoadAndChangeAsync(id, expectedVersion, actor, async (db, calendar) =>
        {
            if (patch.Type is { } type && type != calendar.Type)
            {
                return ChangeOutcome.Invalid("calendarType cannot be changed. Make a new calendar of that type.");
            }

            var before = ZoomContentOf(calendar);
            if (await WriteAsync(db, calendar, patch, actor, stop) is { } refused)
            {
                return refused;
            }

            if (!IsChanged(db, calendar))
            {
                // Clients often send back what they read. Without a change the version must stay, or other editors would be refused.
                db.Entry(calendar).State = EntityState.Unchanged;
                return ChangeOutcome.Done();
            }

            if (ZoomContentOf(calendar) != before)
            {
                await appointments.MeetingSettingsChangedAsync(db, calendar.Id, now, stop);
            }

            return AddEventAndFinish(db, calendar, actor, "Changed by a program.", now);
        }, stop), cancellationToken);

    /// <summary>Deletes a calendar that was never booked, and archives any other, because its appointments stay.</summary>
    public Task<ChangeOutcome> DeleteAsync(
        CalendarId id, int? expectedVersion, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        LoadAndChangeAsync(id, expectedVersion, actor, async (db, calendar) =>
        {
            if (await appointments.AnyAsync(db, id, cancellationToken))
            {
                calendar.Archive();
                return AddEventAndFinish(db, calendar, actor, "Archived by a program.", now);
            }

            await db.BlockedTimes.Where(row => row.CalendarId == id).ExecuteDeleteAsync(cancellationToken);
            db.Calendars.Remove(calendar);
            return ChangeOutcome.Done();
        }, cancellationToken);

    private Task<ChangeOutcome> LoadAndChangeAsync(
        CalendarId id,
        int? expectedVersion,
        Actor actor,
        Func<ZoomCalendarContext, Calendar, Task<ChangeOutcome>> change,
        CancellationToken cancellationToken) =>
        contexts.ChangeAsync(
            signals,
            async db =>
            {
                await db.LockCalendarAsync(id, cancellationToken);
                var version = expectedVersion ?? await db.Calendars.Where(row => row.Id == id)
                    .Select(row => row.RowVersion)
                    .FirstOrDefaultAsync(cancellationToken);
                var (calendar, refused) = await db.LoadForChangeAsync(id, version, actor, null, cancellationToken);
                return calendar is null ? refused! : await change(db, calendar);
            },
            cancellationToken);

    private static async Task<ChangeOutcome?> WriteAsync(
        ZoomCalendarContext db, Calendar calendar, CalendarPatch patch, Actor actor, CancellationToken cancellationToken)
    {
        (calendar.Name, calendar.Slug) = ((patch.Name ?? calendar.Name).Trim(), patch.Slug ?? calendar.Slug);
        calendar.Description = (patch.Description ?? calendar.Description).Trim();
        calendar.RoundRobinBy = patch.RoundRobinBy ?? calendar.RoundRobinBy;
        calendar.Color = patch.Color ?? calendar.Color;
        calendar.Rules = patch.Rules(calendar.Rules);
        calendar.Hours = patch.Hours(calendar.Hours, calendar.TimeZone);
        string[] problems =
        [
            .. CalendarInput.Problem(calendar.Name, calendar.Slug, calendar.Description, calendar.TimeZone) is { } problem
                ? [problem]
                : Array.Empty<string>(),
            .. CalendarInput.Problems(calendar.Rules),
        ];
        if (problems.Length > 0)
        {
            return ChangeOutcome.Invalid(string.Join(" ", problems));
        }

        if (await db.IsTakenAsync(calendar, calendar.Slug, cancellationToken))
        {
            // A generated slug was taken in the meantime. The caller retries with the next one.
            return patch.Slug is null
                ? ChangeOutcome.Changed()
                : ChangeOutcome.Invalid("slug is taken by another calendar. Choose another one.");
        }

        switch (patch.IsActive)
        {
            case true:
                calendar.Restore();
                break;
            case false:
                calendar.Archive();
                break;
        }

        return await CalendarMembers.WriteAsync(db, calendar, patch, actor, cancellationToken);
    }

    /// <summary>The settings that are part of the Zoom meetings. On several-seat calendars the topic is the calendar's name.</summary>
    private static (string Name, string Description, bool HasSeats) ZoomContentOf(Calendar calendar) =>
        (calendar.Name, calendar.Description, calendar.Rules.Seats > 1);

    private static bool IsChanged(ZoomCalendarContext db, Calendar calendar) =>
        db.ChangeTracker.Entries().Any(entry => entry.State is not EntityState.Unchanged && (entry.Entity != calendar
            || entry.Properties.Any(property => property.IsModified && property.Metadata.Name != nameof(Calendar.RowVersion))
            || entry.ComplexProperties.Any(property => property.IsModified)));

    /// <summary>A free slug made from the name, with a number if necessary.</summary>
    private static async Task<string> FreeSlugAsync(
        ZoomCalendarContext db, SubAccountId subAccount, string name, CancellationToken cancellationToken)
    {
        var slug = Slug.Of(name, "calendar");
        var numbered = slug + "-";
        var taken = (
            await db.Calendars
                .Where(row => row.SubAccountId == subAccount && (row.Slug == slug || row.Slug.StartsWith(numbered)))
                .Select(row => row.Slug)
                .ToListAsync(cancellationToken)).ToHashSet();
        return taken.Contains(slug)
            ? Enumerable.Range(2, taken.Count + 1).Select(number => numbered + number).First(each => !taken.Contains(each))
            : slug;
    }

    private static ChangeOutcome AddEventAndFinish(
        ZoomCalendarContext db, Calendar calendar, Actor actor, string sentence, DateTimeOffset now)
    {
        db.AddEvent(calendar, actor, sentence, now);
        return ChangeOutcome.Done();
    }
}
