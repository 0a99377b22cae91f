using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Creates and changes calendars, for the settings pages. Admins only. Appointments keep the settings that they were booked with; upcoming
/// meetings are updated in Zoom.
/// </summary>
public sealed class CalendarSettings(IDbContextFactory<ZoomCalendarContext> contexts, ICalendarAppointments appointments, Signals signals)
{
    /// <summary>The refusal of an address that another calendar has, for the field that it belongs to.</summary>
    public const string SlugTaken = "This address is taken by another calendar. Choose another one.";

    /// <summary>Creates a calendar. Returns its id, or the refusal.</summary>
    public async Task<(CalendarId? Id, ChangeOutcome Outcome)> CreateAsync(
        CreateCalendar request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = CalendarId.New(now);
        var outcome = await CalendarChanges.TwiceAsync(
            stop => contexts.ChangeAsync(signals, db => CreateAsync(db, id, request, actor, now, stop), stop), cancellationToken);
        return (outcome.Succeeded ? id : null, outcome);
    }

    /// <summary>Changes the general settings: name, address, description, zone, color, embedding, reminders.</summary>
    public Task<ChangeOutcome> EditAsync(EditCalendar request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        CalendarChanges.TwiceAsync(stop => ChangeAsync(request.Id, request.RowVersion, actor, async (db, calendar) =>
        {
            if (CalendarInput.Problem(request) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            if (await db.IsTakenAsync(calendar, request.Slug, stop))
            {
                return ChangeOutcome.Invalid(SlugTaken);
            }

            var isForZoom = (calendar.Name, calendar.Description, calendar.TimeZone) != (
                request.Name.Trim(), request.Description.Trim(), request.TimeZone);
            if (calendar.Hours is { } hours && calendar.TimeZone != request.TimeZone)
            {
                // The calendar's own hours are in the calendar's zone.
                var old = AvailabilityJson.Parse(hours);
                calendar.Hours = AvailabilityJson.Serialize(new Availability(request.TimeZone, old.Week, old.Overrides));
            }

            (calendar.Name, calendar.Slug, calendar.Description) = (request.Name.Trim(), request.Slug, request.Description.Trim());
            (calendar.TimeZone, calendar.RoundRobinBy, calendar.Color) = (request.TimeZone, request.RoundRobinBy, request.Color);
            calendar.EmbedOrigins = request.EmbedOrigins is { } origins
                ? string.Join(' ', EmbedOrigins.Parse(origins))
                : calendar.EmbedOrigins;
            calendar.ReminderMinutes = request.ReminderMinutes is { } reminders
                ? string.Join(' ', Reminders.Parse(reminders))
                : calendar.ReminderMinutes;
            db.AddEvent(calendar, actor, "General settings changed.", now);
            if (isForZoom)
            {
                await appointments.MeetingSettingsChangedAsync(db, calendar.Id, now, stop);
            }

            return ChangeOutcome.Done();
        }, stop), cancellationToken);

    /// <summary>Changes the slot rules and the calendar's own hours.</summary>
    public Task<ChangeOutcome> SaveRulesAsync(EditRules request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(request.Id, request.RowVersion, actor, async (db, calendar) =>
        {
            if (CalendarInput.Problems(request.Rules) is { Count: > 0 } problems)
            {
                return ChangeOutcome.Invalid(string.Join(" ", problems));
            }

            if (CalendarInput.HoursProblem(request.Hours) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            // A meeting's topic is the appointment's title on one-seat calendars, else the calendar's name.
            var isOtherTopic = calendar.Rules.Seats > 1 != request.Rules.Seats > 1;
            calendar.Rules = request.Rules;
            calendar.Hours = request.Hours;
            db.AddEvent(calendar, actor, "Availability and slot rules changed.", now);
            if (isOtherTopic)
            {
                await appointments.MeetingSettingsChangedAsync(db, calendar.Id, now, cancellationToken);
            }

            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>Changes the settings of the calendar's Zoom meetings.</summary>
    public Task<ChangeOutcome> SaveMeetingSettingsAsync(
        EditMeetingSettings request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(request.Id, request.RowVersion, actor, async (db, calendar) =>
        {
            if (CalendarInput.Problem(request.Settings) is { } problem)
            {
                return ChangeOutcome.Invalid(problem);
            }

            if (calendar.MeetingSettings != request.Settings)
            {
                calendar.MeetingSettings = request.Settings;
                db.AddEvent(calendar, actor, "Meeting settings changed.", now);
                await appointments.MeetingSettingsChangedAsync(db, calendar.Id, now, cancellationToken);
            }

            return ChangeOutcome.Done();
        }, cancellationToken);

    /// <summary>Ends booking. Appointments stay.</summary>
    public Task<ChangeOutcome> ArchiveAsync(
        CalendarId id, int rowVersion, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            rowVersion,
            actor,
            (db, calendar) => ApplyAsync(db, calendar, actor, calendar.Archive, "Archived.", now),
            cancellationToken);

    /// <summary>Opens an archived calendar for booking again.</summary>
    public Task<ChangeOutcome> RestoreAsync(
        CalendarId id, int rowVersion, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            rowVersion,
            actor,
            (db, calendar) => ApplyAsync(db, calendar, actor, calendar.Restore, "Restored.", now),
            cancellationToken);

    /// <summary>Turns a legacy calendar into a V3 calendar. Its appointments keep their details.</summary>
    public Task<ChangeOutcome> UpgradeAsync(
        CalendarId id, int rowVersion, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            rowVersion,
            actor,
            (db, calendar) => ApplyAsync(db, calendar, actor, calendar.UpgradeToV3, "Upgraded to V3.", now),
            cancellationToken);

    private Task<ChangeOutcome> ChangeAsync(
        CalendarId id,
        int rowVersion,
        Actor actor,
        Func<ZoomCalendarContext, Calendar, Task<ChangeOutcome>> change,
        CancellationToken cancellationToken) =>
        contexts.ChangeCalendarAsync(signals, id, rowVersion, actor, null, change, cancellationToken);

    private static Task<ChangeOutcome> ApplyAsync(
        ZoomCalendarContext db, Calendar calendar, Actor actor, Action change, string sentence, DateTimeOffset now)
    {
        change();
        db.AddEvent(calendar, actor, sentence, now);
        return Task.FromResult(ChangeOutcome.Done());
    }

    private static async Task<ChangeOutcome> CreateAsync(
        ZoomCalendarContext db, CalendarId id, CreateCalendar request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        if (role is not Role.Admin)
        {
            return role is null ? ChangeOutcome.NotFound(AccountTexts.NoMember) : ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
        }

        if (!Enum.IsDefined(request.Type))
        {
            return ChangeOutcome.Invalid("Choose a type from the list.");
        }

        if (CalendarInput.Problem(request.Name, request.Slug, "", request.TimeZone) is { } problem)
        {
            return ChangeOutcome.Invalid(problem);
        }

        var rules = new BookingRules { LengthMinutes = request.LengthMinutes, IntervalMinutes = request.LengthMinutes };
        if (CalendarInput.Problems(rules) is [var first, ..])
        {
            return ChangeOutcome.Invalid(first);
        }

        var calendar = new Calendar(
            id, actor.SubAccountId, request.Name.Trim(), request.Slug, request.Type, CalendarVersion.V3, request.TimeZone, now)
        {
            Rules = rules,
        };
        if (await db.IsTakenAsync(calendar, request.Slug, cancellationToken))
        {
            return ChangeOutcome.Invalid(SlugTaken);
        }

        var message = "";
        if (calendar.HasHost)
        {
            if (request.Owner is not { } owner)
            {
                return ChangeOutcome.Invalid("Choose who hosts the appointments of this calendar.");
            }

            await db.LockUsersAsync([owner], cancellationToken);
            var start = await InitialLocation.OfAsync(db, calendar, owner, actor, cancellationToken);
            if (start is null)
            {
                return ChangeOutcome.NotFound(AccountTexts.NoMember);
            }

            calendar.AddMember(owner, start.Location, isPrimaryOwner: true);
            message = start.Note;
        }

        db.Calendars.Add(calendar);
        db.AddEvent(calendar, actor, "Created.", now);
        return ChangeOutcome.Done(message);
    }
}
