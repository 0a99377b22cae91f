namespace ZoomCalendar.Core.Scheduling;

/// <summary>Why a time is not offered, in a sentence for staff. HostId is set if the reason concerns one host.</summary>
public sealed record Reason(ReasonKind Kind, string Sentence, Guid? HostId = null);

/// <summary>The kinds of reasons why a time is not offered.</summary>
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
