using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

/// <summary>Fills the picker. Two statements a month, whatever the calendar's size.</summary>
internal sealed class PickerReader(FreeSlotFinder freeSlots)
{
    // A first visit shows the first month with a free time, up to a limit.
    private const int MonthsTried = 4;
    private const int DaysInWeek = 7;

    public async Task<Picker> ReadAsync(
        PublicCalendar calendar, PickerQuery query, PublicAppointment? moving, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zone = DateTimeZoneProviders.Tzdb[query.Zone ?? calendar.TimeZone];
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        // The last day is the calendar's, and may be another date on the visitor's wall calendar.
        var end = BookingWindow.End(
            Instant.FromDateTimeOffset(now), calendar.Rules.HorizonDays, DateTimeZoneProviders.Tzdb[calendar.TimeZone]);
        var last = (end - Duration.Epsilon).InZone(zone).Date;
        var month = query.Month ?? (query.Day ?? query.At?.InZone(zone).Date)?.ToYearMonth() ?? today.ToYearMonth();
        month = Clamp(month, today.ToYearMonth(), last.ToYearMonth());

        var slots = await SlotsAsync(calendar, month, zone, query, moving, now, cancellationToken);
        var isFirstVisit = query.Month is null && query.Day is null && query.At is null;
        for (var tried = 1; isFirstVisit && slots.Free.Count == 0 && tried < MonthsTried
            && month.CompareTo(last.ToYearMonth()) < 0; tried++)
        {
            month = month.PlusMonths(1);
            slots = await SlotsAsync(calendar, month, zone, query, moving, now, cancellationToken);
        }

        var moment = Instant.Max(Instant.FromDateTimeOffset(now), zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant());
        return Make(month, zone, today, last, query, slots, moment);
    }

    /// <summary>Whether the picker has this time for an appointment that is to be moved.</summary>
    public async Task<bool> IsOfferedAsync(PublicAppointment moving, Instant at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = at.ToDateTimeOffset();
        return (await freeSlots.FindForMoveAsync(
            new PlannedMove(moving.Id), start, start.AddSeconds(1), moving.Calendar.Booker, now, cancellationToken)).Count > 0;
    }

    private static Picker Make(
        YearMonth month, DateTimeZone zone, LocalDate today, LocalDate last, PickerQuery query, SlotListing listed, Instant moment)
    {
        var clock = VisitorClock.Of(query);
        List<FreeSlot> slots = [.. listed.Free.Concat(listed.Full).OrderBy(slot => slot.Start)];
        var byDay = slots.ToLookup(slot => slot.Start.InZone(zone).Date);
        var chosen = query.Day ?? query.At?.InZone(zone).Date;
        var day = chosen is { } wanted && wanted.ToYearMonth() == month ? wanted : FirstOf(listed, slots)?.Start.InZone(zone).Date;
        var first = month.ToDateInterval().Start;
        var start = first.PlusDays(-(((int)first.DayOfWeek - (int)clock.FirstDay + DaysInWeek) % DaysInWeek));
        var weeks = (int)Math.Ceiling((Period.DaysBetween(start, month.ToDateInterval().End) + 1) / (double)DaysInWeek);

        return new Picker
        {
            Month = month,
            ZoneId = zone.Id,
            Weeks = [.. Enumerable.Range(0, weeks).Select(week => (IReadOnlyList<PickerDay>)
                [.. Enumerable.Range(0, DaysInWeek).Select(index => DayOf(start.PlusDays((week * DaysInWeek) + index)))])],
            Previous = month.CompareTo(today.ToYearMonth()) > 0 ? month.PlusMonths(-1) : null,
            Next = month.CompareTo(last.ToYearMonth()) < 0 ? month.PlusMonths(1) : null,
            Day = day,
            At = day is { } shownDay && byDay[shownDay].FirstOrDefault() is { } earliest ? earliest.Start : moment,
            Clock = clock,
            Slots = day is { } shown
                ? [.. byDay[shown].Select(
                    slot => new PickerSlot(slot.Start, VisitorTime.Time(slot.Start.InZone(zone), clock), slot.SeatsLeft))]
                : [],
        };

        PickerDay DayOf(LocalDate date) => new(date, date.ToYearMonth() == month, byDay.Contains(date), date == today);
    }

    private static FreeSlot? FirstOf(SlotListing listed, List<FreeSlot> slots) =>
        listed.Free.Count > 0 ? listed.Free[0] : slots.FirstOrDefault();

    private async Task<SlotListing> SlotsAsync(
        PublicCalendar calendar,
        YearMonth month,
        DateTimeZone zone,
        PickerQuery query,
        PublicAppointment? moving,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var from = zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant().ToDateTimeOffset();
        var to = zone.AtStartOfDay(month.PlusMonths(1).OnDayOfMonth(1)).ToInstant().ToDateTimeOffset();
        var start = from > now ? from : now;
        if (start >= to)
        {
            return SlotListing.Empty;
        }

        if (moving is null)
        {
            return await freeSlots.ListAsync(calendar.Id, start, to, query.Host, calendar.Booker, now, cancellationToken);
        }

        return new SlotListing(
            await freeSlots.FindForMoveAsync(new PlannedMove(moving.Id), start, to, calendar.Booker, now, cancellationToken), []);
    }

    private static YearMonth Clamp(YearMonth month, YearMonth first, YearMonth last) =>
        month.CompareTo(first) < 0 ? first : month.CompareTo(last) > 0 ? last : month;
}
