using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>Writes what a person on the waiting list is to be told, in the caller's transaction.</summary>
public interface IWaitingListMessages
{
    void AddJoined(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now);

    void AddSeatOffered(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now);
}
