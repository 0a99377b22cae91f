namespace ZoomCalendar.Core.Scheduling;

/// <summary>Why a time is not offered, in words for staff; the host's id if it concerns one host.</summary>
public sealed record Reason(ReasonKind Kind, string Sentence, Guid? HostId = null);

public enum ReasonKind
{
    Past,
    Notice,
    TooFar,
    OutsideHours,
    OffTheGrid,
    DayOff,
    Blocked,
    HostBooked,
    Buffer,
    SeatsTaken,
    DayLimit,
    ClockChangeGap,
    ClockChangeRepeat,
    WrongLength,
    NoHost,
}
