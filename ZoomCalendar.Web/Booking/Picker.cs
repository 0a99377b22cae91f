using NodaTime;

namespace ZoomCalendar.Web.Booking;

/// <summary>A month with the days that have free times, and the times of the chosen day, on the visitor's wall clock.</summary>
public sealed record Picker
{
    public required YearMonth Month { get; init; }

    public required string ZoneId { get; init; }

    public required IReadOnlyList<IReadOnlyList<PickerDay>> Weeks { get; init; }

    /// <summary>Null: no earlier or later month can be shown.</summary>
    public YearMonth? Previous { get; init; }

    public YearMonth? Next { get; init; }

    public LocalDate? Day { get; init; }

    /// <summary>A moment of what is shown, at which the offsets of zones are told.</summary>
    public Instant At { get; init; }

    /// <summary>How the visitor reads times and weeks.</summary>
    public required VisitorClock Clock { get; init; }

    public required IReadOnlyList<PickerSlot> Slots { get; init; }

    public bool HasFreeDays => Weeks.Any(week => week.Any(day => day is { IsInMonth: true, HasSlots: true }));
}

/// <param name="Date">On the visitor's calendar.</param>
/// <param name="IsInMonth">Else it only fills the week.</param>
/// <param name="HasSlots">Free ones, or full ones with a waiting list.</param>
/// <param name="IsToday">In the visitor's zone.</param>
public sealed record PickerDay(LocalDate Date, bool IsInMonth, bool HasSlots, bool IsToday);

/// <param name="Start">The instant.</param>
/// <param name="Time">In the visitor's zone and clock; with its offset from UTC where the clock shows that time twice.</param>
/// <param name="SeatsLeft">Of all who could host it; none: full, with a waiting list.</param>
public sealed record PickerSlot(Instant Start, string Time, int SeatsLeft);
