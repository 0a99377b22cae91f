using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>Queries and rules shared by the waiting list's use cases.</summary>
internal static class WaitingListExtensions
{
    /// <summary>The entries of one slot, tracked, in order.</summary>
    public static Task<List<WaitingEntry>> WaitingListAsync(
        this ZoomCalendarContext db, CalendarId calendar, DateTimeOffset start, CancellationToken cancellationToken) =>
        db.WaitingEntries
            .Where(row => row.CalendarId == calendar && row.Start == start)
            .OrderBy(row => row.JoinedAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Deletes the entries of a slot that staff moved or cancelled as a whole.</summary>
    public static Task EndWaitingListAsync(this ZoomCalendarContext db, Slot slot, CancellationToken cancellationToken) =>
        db.WaitingEntries.Where(row => row.CalendarId == slot.CalendarId && row.Start == slot.Start).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The seats reserved by entries without an offer.</summary>
    public static IReadOnlyList<AppointmentId> SeatsOfWaiting(this IEnumerable<WaitingEntry> entries) =>
        [.. entries.Where(entry => entry.State is WaitingState.Waiting).Select(entry => entry.Seat)];

    /// <summary>Whether a missing seat is the only reason why a visitor cannot book.</summary>
    public static bool AreOnlyFull(IReadOnlyList<Reason> reasons) =>
        reasons.Any(reason => reason.Kind is ReasonKind.SeatsTaken)
            && reasons.All(reason => reason.Kind is ReasonKind.SeatsTaken or ReasonKind.DayLimit);

    /// <summary>Whether full slots of the calendar have a waiting list.</summary>
    public static bool HasWaitingList(this Calendar calendar) =>
        calendar is { IsArchived: false, IsLegacy: false, Type: CalendarType.ClassBooking };

    /// <summary>Adds an event about the waiting list. The sentence must not name a person.</summary>
    public static void RecordWaiting(this ZoomCalendarContext db, Calendar calendar, string sentence, UserId? actor, DateTimeOffset now) =>
        db.Events.Add(new Event
        {
            At = now,
            SubAccountId = calendar.SubAccountId,
            Kind = EventKind.WaitingListChanged,
            CalendarId = calendar.Id,
            UserId = calendar.PrimaryOwner?.UserId,
            ActorId = actor,
            Detail = sentence,
        });
}
