using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>What all changes of a calendar share: the permission and version checks, and the event.</summary>
internal static class CalendarChanges
{
    private const string NoCalendar = "There is no such calendar here.";

    /// <summary>True for calendars with exactly one member: personal, class booking and legacy calendars.</summary>
    public static bool HasOneOwner(this Calendar calendar) =>
        calendar.HasHost && (calendar.IsLegacy || calendar.Type is CalendarType.Personal or CalendarType.ClassBooking);

    /// <summary>
    /// Tries a change again after a conflict. If another calendar took the same address at the same moment, the second attempt says so.
    /// </summary>
    public static async Task<ChangeOutcome> TwiceAsync(
        Func<CancellationToken, Task<ChangeOutcome>> change, CancellationToken cancellationToken)
    {
        var outcome = await change(cancellationToken);
        return outcome.Refusal is Refusal.Changed ? await change(cancellationToken) : outcome;
    }

    /// <summary>Whether another calendar of the sub-account has the address.</summary>
    public static Task<bool> IsTakenAsync(
        this ZoomCalendarContext db, Calendar calendar, string slug, CancellationToken cancellationToken) =>
        db.Calendars.AnyAsync(
            row => row.SubAccountId == calendar.SubAccountId && row.Slug == slug && row.Id != calendar.Id, cancellationToken);

    /// <summary>Loads a calendar with <see cref="LoadForChangeAsync"/> and changes it, in one transaction.</summary>
    public static Task<ChangeOutcome> ChangeCalendarAsync(
        this IDbContextFactory<ZoomCalendarContext> contexts,
        Signals signals,
        CalendarId id,
        int expectedVersion,
        Actor actor,
        UserId? own,
        Func<ZoomCalendarContext, Calendar, Task<ChangeOutcome>> change,
        CancellationToken cancellationToken) =>
        contexts.ChangeAsync(
            signals,
            async db =>
            {
                var (calendar, refused) = await db.LoadForChangeAsync(id, expectedVersion, actor, own, cancellationToken);
                return calendar is null ? refused! : await change(db, calendar);
            },
            cancellationToken);

    /// <summary>
    /// Locks and loads the calendar with its members, and increments its version. Returns a refusal instead if the actor may not change it.
    /// </summary>
    /// <param name="db">The context of the caller's transaction.</param>
    /// <param name="id">The calendar.</param>
    /// <param name="expectedVersion">The version that the user saw.</param>
    /// <param name="actor">The user who makes the change.</param>
    /// <param name="own">A member who may change the own membership. Null: admins only.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<(Calendar? Calendar, ChangeOutcome? Refused)> LoadForChangeAsync(
        this ZoomCalendarContext db, CalendarId id, int expectedVersion, Actor actor, UserId? own, CancellationToken cancellationToken)
    {
        await db.LockCalendarAsync(id, cancellationToken);
        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        var calendar = await db.Calendars.Include(row => row.Members)
            .SingleOrDefaultAsync(row => row.Id == id && row.SubAccountId == actor.SubAccountId, cancellationToken);
        if (role is null || calendar is null)
        {
            return (null, ChangeOutcome.NotFound(NoCalendar));
        }

        var isOwn = own is not null && own == actor.UserId && calendar.Member(own.Value) is not null;
        if (role is not Role.Admin && !isOwn)
        {
            return (null, ChangeOutcome.Forbidden(AccountTexts.AdminsOnly));
        }

        if (calendar.RowVersion != expectedVersion)
        {
            return (null, ChangeOutcome.Changed());
        }

        calendar.RowVersion++;
        return (calendar, null);
    }

    /// <summary>Adds an event about the calendar, saved with the caller's transaction.</summary>
    public static void AddEvent(
        this ZoomCalendarContext db, Calendar calendar, Actor actor, string sentence, DateTimeOffset now, UserId? user = null) =>
        db.AddEvent(actor, EventKind.CalendarChanged, user, calendar.Id, sentence, now);
}
