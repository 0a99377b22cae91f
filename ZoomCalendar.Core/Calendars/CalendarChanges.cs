using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>What the changes of a calendar have in common: who may, which version was seen, and that Zoom is told.</summary>
internal static class CalendarChanges
{
    private const string NoCalendar = "There is no such calendar here.";

    public static bool HasOneOwner(this Calendar calendar) => calendar.HasHost && (calendar.IsLegacy || calendar.Type is CalendarType.Personal or CalendarType.ClassBooking);

    /// <summary>The calendar with its members, or the refusal.</summary>
    /// <param name="db">Inside the transaction.</param>
    /// <param name="id">Which.</param>
    /// <param name="seen">The version that the editor saw.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="own">A membership that its own user may change too; null: admins only.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<(Calendar? Calendar, ChangeOutcome? Refused)> LoadForChangeAsync(
        this ZoomCalendarContext db, CalendarId id, int seen, Actor actor, UserId? own, CancellationToken cancellationToken)
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

        if (calendar.RowVersion != seen)
        {
            return (null, ChangeOutcome.Changed());
        }

        calendar.RowVersion++;
        return (calendar, null);
    }

    public static void AddEvent(this ZoomCalendarContext db, Calendar calendar, Actor actor, string sentence, DateTimeOffset now, UserId? user = null) =>
        db.AddEvent(actor, EventKind.CalendarChanged, user, calendar.Id, sentence, now);
}
