using System.Text.Json.Serialization;
using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>The opening hours of a user or a calendar, in wall-clock times of one zone. Immutable; compared by value.</summary>
[JsonConverter(typeof(AvailabilityJson.Converter))]
public sealed class Availability : IEquatable<Availability>
{
    private readonly Dictionary<LocalDate, DateOverride> _overrides;

    public Availability(string zoneId, WeeklyHours week, IEnumerable<DateOverride>? overrides = null)
    {
        Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId)
            ?? throw new ArgumentException($"\"{zoneId}\" is not a time zone of the tz database.", nameof(zoneId));
        Week = week;
        Overrides = [.. (overrides ?? []).OrderBy(o => o.Date)];
        _overrides = [];

        foreach (var change in Overrides)
        {
            if (!_overrides.TryAdd(change.Date, change))
            {
                throw new ArgumentException($"{change.Date:uuuu-MM-dd} is changed twice.", nameof(overrides));
            }
        }
    }

    public string ZoneId => Zone.Id;

    public DateTimeZone Zone { get; }

    public WeeklyHours Week { get; }

    /// <summary>Ordered by date.</summary>
    public IReadOnlyList<DateOverride> Overrides { get; }

    public static Availability Always(string zoneId) => new(zoneId, WeeklyHours.EveryDay("00:00-24:00"));

    public IReadOnlyList<OpenHours> HoursOn(LocalDate date) =>
        _overrides.TryGetValue(date, out var change) ? change.Hours : Week[date.DayOfWeek];

    public bool IsDayOff(LocalDate date) => _overrides.TryGetValue(date, out var change) && change.IsDayOff;

    public bool Equals(Availability? other) => other is not null && AvailabilityJson.Serialize(this) == AvailabilityJson.Serialize(other);

    public override bool Equals(object? obj) => Equals(obj as Availability);

    public override int GetHashCode() => AvailabilityJson.Serialize(this).GetHashCode(StringComparison.Ordinal);
}
