using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

public static class BookingRulesExtensions
{
    /// <exception cref="ArgumentException">A stored value is out of its range; forms and the API check with <see cref="SlotRules.Problems"/> first.</exception>
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
