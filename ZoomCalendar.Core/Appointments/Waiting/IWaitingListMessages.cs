using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>Queues messages to people on the waiting list, in the caller's transaction.</summary>
public interface IWaitingListMessages
{
    /// <summary>The person joined the waiting list.</summary>
    void AddJoined(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now);

    /// <summary>A freed seat is reserved for the person.</summary>
    void AddSeatOffered(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now);
}
