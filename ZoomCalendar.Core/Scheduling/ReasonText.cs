using NodaTime;
using NodaTime.TimeZones;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>The sentences of the "why not?" view, for staff. Times are in the calendar's zone.</summary>
internal sealed class ReasonText(ScheduleInput input, DateTimeZone zone)
{
    private SlotRules Rules => input.Rules;

    public string Past() => $"That time is over: it is {At(input.Now)} now.";

    public string Notice() =>
        $"Bookings need {ClockText.Length(Rules.MinimumNotice)} of notice; the earliest start is {At(input.EarliestStart())}.";

    public string TooFar() =>
        $"Bookings are taken {ClockText.Count(Rules.HorizonDays, "day")} ahead, until the end of {ClockText.Date(input.LastDay())}.";

    public string WrongLength() => $"Appointments on this calendar last {ClockText.Length(Rules.Length)}.";

    public string DayLimit(Instant start, int count) =>
        $"{ClockText.Date(start, zone)} has {ClockText.Count(count, "appointment")}; this calendar takes at most {Rules.DayLimit} a day.";

    public string SeatsTaken(Instant start, int taken) => taken >= Rules.Seats
        ? $"{(Rules.Seats == 1 ? "The only seat" : $"All {Rules.Seats} seats")} at {At(start)} {(Rules.Seats == 1 ? "is" : "are")} taken."
        : $"At {At(start)} {ClockText.Count(Rules.Seats - taken, "seat")} of {Rules.Seats} left, and {input.SeatsWanted} are needed.";

    public string Conflict(ReasonKind kind, string host, BusyInterval busy, Instant start)
    {
        var (from, until) = (Instant.FromUnixTimeTicks(busy.Start), Instant.FromUnixTimeTicks(busy.End));
        var span = ClockText.Span(from, until, zone);
        var gap = Duration.FromTicks(from > start ? busy.Start - busy.BufferedStart : busy.BufferedEnd - busy.End);

        return kind switch
        {
            ReasonKind.DayOff => $"{host} has a day off: {span}.",
            ReasonKind.Blocked => $"{host} has blocked {span}.",
            ReasonKind.Buffer => $"{host} is booked {span}, and {ClockText.Length(gap)} must be free in between.",
            _ => $"{host} is booked {span}.",
        };
    }

    public string Closed(ReasonKind kind, string? host, Availability hours, LocalDate date)
    {
        var day = ClockText.Date(date);
        var open = string.Join(" and ", hours.HoursOn(date).Select(h => h.ToString().Replace('-', '–')));

        return (kind, open) switch
        {
            (ReasonKind.DayOff, _) => $"{host ?? "The calendar"} has {day} off.",
            (_, "") => $"{host ?? "The calendar"} is closed on {day}.",
            _ => $"{host ?? "The calendar"} is open on {day} {open} ({hours.ZoneId}), and an appointment has to fit in.",
        };
    }

    public string OffTheGrid(Instant start, OpenWindow window)
    {
        var steps = (start - window.Open).BclCompatibleTicks / Rules.Interval.BclCompatibleTicks;
        var before = window.Open + (Rules.Interval * steps);

        return $"Slots start every {ClockText.Length(Rules.Interval)} from {At(window.Open)}; "
            + $"the nearest are {At(before)} and {At(before + Rules.Interval)}.";
    }

    public string Repeat(Instant start, DateTimeZone windowZone) =>
        $"The clocks go back: {ClockText.At(start, windowZone)} occurs twice that day, and only the first is offered.";

    public string Gap(LocalDateTime start, ZoneLocalMapping mapping) =>
        $"The clocks go forward on {ClockText.Date(start.Date)}, from {ClockText.Time(mapping.EarlyInterval.IsoLocalEnd)} to "
            + $"{ClockText.Time(mapping.LateInterval.IsoLocalStart)}: {ClockText.Time(start)} does not exist.";

    private string At(Instant instant) => ClockText.At(instant, zone);
}
