using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>The opening hours of a week, in wall-clock times. A day without hours is closed.</summary>
public sealed class WeeklyHours
{
    private static readonly IReadOnlyList<OpenHours> Closed = [];

    private readonly IReadOnlyList<OpenHours>[] _days = [.. Enumerable.Repeat(Closed, 8)];

    /// <summary>Merges the hours of days that occur more than once.</summary>
    public WeeklyHours(IEnumerable<KeyValuePair<IsoDayOfWeek, IReadOnlyList<OpenHours>>> days)
    {
        foreach (var (day, hours) in days)
        {
            if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
            {
                throw new ArgumentOutOfRangeException(nameof(days), day, "Not a day of the week.");
            }

            _days[(int)day] = OpenHours.Merge([.. _days[(int)day], .. hours]);
        }
    }

    public static IEnumerable<IsoDayOfWeek> Days { get; } = Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).ToArray();

    public static WeeklyHours Never { get; } = new([]);

    /// <summary>Monday to Friday, 09:00 to 17:00: the default of a new user or calendar.</summary>
    public static WeeklyHours OfficeHours { get; } = On(Days.Where(d => d <= IsoDayOfWeek.Friday), "09:00-17:00");

    public IReadOnlyList<OpenHours> this[IsoDayOfWeek day] => _days[(int)day];

    public static WeeklyHours EveryDay(params string[] hours) => On(Days, hours);

    public static WeeklyHours On(IsoDayOfWeek day, params string[] hours) => On([day], hours);

    public static WeeklyHours On(IEnumerable<IsoDayOfWeek> days, params string[] hours)
    {
        IReadOnlyList<OpenHours> parsed = [.. hours.Select(OpenHours.Parse)];

        return new WeeklyHours(days.Select(day => KeyValuePair.Create(day, parsed)));
    }
}
