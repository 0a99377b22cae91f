using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Queues the waiting list's messages.</summary>
public sealed class WaitingListMessageQueue : IWaitingListMessages
{
    public void AddJoined(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now) =>
        Add(db, entry, MessageKind.WaitingListJoined, now);

    public void AddSeatOffered(ZoomCalendarContext db, WaitingEntry entry, DateTimeOffset now) =>
        Add(db, entry, MessageKind.SeatOffered, now);

    private static void Add(ZoomCalendarContext db, WaitingEntry entry, MessageKind kind, DateTimeOffset now) => db.Messages.Add(new Message
    {
        Id = Guid.CreateVersion7(now),
        SubAccountId = entry.SubAccountId,
        WaitingId = entry.Id,
        Kind = kind,
        Receiver = MessageReceiver.Booker,
        Start = entry.Start,
        DueAt = now,
        CreatedAt = now,
    });
}
