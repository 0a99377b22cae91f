using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>The hours of one date, which replace those of its weekday. Without hours it is a day off.</summary>
public sealed record DateOverride
{
    public DateOverride(LocalDate date, IEnumerable<OpenHours> hours) => (Date, Hours) = (date, OpenHours.Merge(hours));

    public LocalDate Date { get; private init; }

    public IReadOnlyList<OpenHours> Hours { get; private init; }

    public bool IsDayOff => Hours.Count == 0;

    public static DateOverride DayOff(LocalDate date) => new(date, []);

    /// <summary>Hours such as "09:00-17:00" on one date.</summary>
    public static DateOverride Open(LocalDate date, params string[] hours) => new(date, hours.Select(OpenHours.Parse));
}
