namespace ZoomCalendar.Core.Calendars;

/// <summary>A calendar's slot rules as they are stored, in whole minutes. <c>Scheduling.SlotRules</c> validates them.</summary>
public sealed record BookingRules
{
    public int LengthMinutes { get; init; } = 30;

    public int IntervalMinutes { get; init; } = 30;

    public int BufferBeforeMinutes { get; init; }

    public int BufferAfterMinutes { get; init; }

    public int MinimumNoticeMinutes { get; init; }

    public int HorizonDays { get; init; } = 60;

    /// <summary>Appointments per slot.</summary>
    public int Seats { get; init; } = 1;

    /// <summary>Active appointments of the calendar per day in the calendar's zone; null: no limit.</summary>
    public int? DayLimit { get; init; }

    /// <summary>The minimum time before the start for a booker to move or cancel.</summary>
    public int CutOffMinutes { get; init; }
}
