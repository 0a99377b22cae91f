using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>What the waiting list's use cases share.</summary>
internal static class WaitingListExtensions
{
    /// <summary>The line for one slot, whose turn it is first.</summary>
    public static Task<List<WaitingEntry>> WaitingListAsync(this ZoomCalendarContext db, CalendarId calendar, DateTimeOffset start, CancellationToken cancellationToken) =>
        db.WaitingEntries
            .Where(row => row.CalendarId == calendar && row.Start == start)
            .OrderBy(row => row.JoinedAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Staff gave the whole slot up: nobody is offered a seat in what does not take place.</summary>
    public static Task EndWaitingListAsync(this ZoomCalendarContext db, Slot slot, CancellationToken cancellationToken) =>
        db.WaitingEntries.Where(row => row.CalendarId == slot.CalendarId && row.Start == slot.Start).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The seats that those who merely wait keep: as if they were not there.</summary>
    public static IReadOnlyList<AppointmentId> SeatsOfWaiting(this IEnumerable<WaitingEntry> line) =>
        [.. line.Where(entry => entry.State is WaitingState.Waiting).Select(entry => entry.Seat)];

    /// <summary>Full, and in every other way a time that a visitor could book.</summary>
    public static bool AreOnlyFull(IReadOnlyList<Reason> reasons) =>
        reasons.Any(reason => reason.Kind is ReasonKind.SeatsTaken) && reasons.All(reason => reason.Kind is ReasonKind.SeatsTaken or ReasonKind.DayLimit);

    public static bool HasWaitingList(this Calendar calendar) => calendar is { IsArchived: false, IsLegacy: false, Type: CalendarType.ClassBooking };

    /// <summary>The sentence names nobody.</summary>
    public static void RecordWaiting(this ZoomCalendarContext db, Calendar calendar, string sentence, UserId? actor, DateTimeOffset now) => db.Events.Add(new Event
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
