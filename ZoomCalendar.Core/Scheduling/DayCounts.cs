using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>The number of active appointments of a calendar on each day of its zone, without the excluded ones.</summary>
internal sealed class DayCounts
{
    private readonly Dictionary<LocalDate, int> _counts = [];
    private readonly DateTimeZone _zone;

    public DayCounts(ScheduleInput input, DateTimeZone zone)
    {
        _zone = zone;

        foreach (var start in input.Starts.Where(s => !input.ExcludedAppointments.Contains(s.AppointmentId)))
        {
            var day = start.Start.InZone(zone).Date;
            _counts[day] = _counts.GetValueOrDefault(day) + 1;
        }
    }

    public int On(Instant start) => _counts.Count == 0 ? 0 : _counts.GetValueOrDefault(start.InZone(_zone).Date);

    public bool HasRoom(Instant start, int? limit, int wanted) => limit is null || On(start) + wanted <= limit;
}
