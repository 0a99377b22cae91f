using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>A number of a calendar with its unit and its limits.</summary>
internal sealed record Amount(string Name, decimal? Value, Func<bool> IsWithin, string Limits)
{
    private const int MinutesPerHour = 60;
    private const int HoursPerDay = 24;

    // Fractions of an hour have four digits in answers, and are accepted as such.
    private const decimal Rounding = 0.01m;

    public string Problem => $"{Name} must be {Limits}";

    public static Amount OfMinutes(string name, decimal? value, string? unit, Func<Duration, bool> isWithin, string limits) =>
        new(name, value, () => Minutes(value, unit) is { } minutes && isWithin(Duration.FromMinutes(minutes)), limits);

    public static Amount OfNotice(string name, decimal? value, string? unit) =>
        new(
            name,
            value,
            () => NoticeMinutes(value, unit) is { } minutes && SlotRules.IsNotice(Duration.FromMinutes(minutes)),
            SlotRules.NoticeRange);

    public static Amount OfDays(string name, decimal? value, string? unit) =>
        new(name, value, () => Days(value, unit) is >= 1 and <= SlotRules.MaxHorizonDays, $"{SlotRules.HorizonRange}, in whole days");

    /// <summary>Null: missing, or not a whole number.</summary>
    public static int? Whole(decimal? value) =>
        value is { } given && given == decimal.Truncate(given) && Math.Abs(given) <= int.MaxValue ? (int)given : null;

    /// <summary>Minutes if no unit is said.</summary>
    public static int? Minutes(decimal? value, string? unit) => Whole(value * (unit == "hours" ? MinutesPerHour : 1));

    /// <summary>Whole minutes; hours if no unit is said.</summary>
    public static int? NoticeMinutes(decimal? value, string? unit)
    {
        var minutes = value * HoursOf(unit, "hours") * MinutesPerHour;
        return minutes is { } exact && Math.Abs(exact - Math.Round(exact)) <= Rounding ? Whole(Math.Round(exact)) : null;
    }

    /// <summary>Days if no unit is said; a month is thirty.</summary>
    public static int? Days(decimal? value, string? unit) => Whole(value * HoursOf(unit, "days") / HoursPerDay);

    private static int HoursOf(string? unit, string missing) => (string.IsNullOrEmpty(unit) ? missing : unit) switch
    {
        "days" => HoursPerDay,
        "weeks" => 7 * HoursPerDay,
        "months" => 30 * HoursPerDay,
        _ => 1,
    };
}
