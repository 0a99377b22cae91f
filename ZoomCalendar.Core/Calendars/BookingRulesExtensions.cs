using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>Converts stored booking rules for the scheduling functions.</summary>
public static class BookingRulesExtensions
{
    /// <exception cref="ArgumentException">A stored value is out of its range. Forms and the API validate with
    /// <see cref="SlotRules.Problems"/> first.</exception>
    public static SlotRules ToSlotRules(this BookingRules rules) => SlotRules.OfMinutes(
        rules.LengthMinutes,
        rules.IntervalMinutes,
        rules.BufferBeforeMinutes,
        rules.BufferAfterMinutes,
        rules.MinimumNoticeMinutes,
        rules.HorizonDays,
        rules.Seats,
        rules.DayLimit);
}
