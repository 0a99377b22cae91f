using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using NodaTime;
using NodaTime.Text;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>Dates and times as people type them: as in their language, or 2026-03-04 and 14:30 everywhere.</summary>
internal static class TypedDate
{
    private static readonly string[] Clocks = ["H:mm", "HH:mm", "H:mm:ss", "h:mmtt", "htt", "H.mm", "HHmm", "%H"];

    public static IReversibleConverter<DateTime?, string?> Converter(IStringLocalizer<ScheduleStrings> loc) =>
        Conversions.From<DateTime?, string?>(
            date => date is { } day ? Text(LocalDate.FromDateTime(day)) : null,
            text => string.IsNullOrWhiteSpace(text)
                ? null
                : Parse(text)?.ToDateTimeUnspecified()
                    ?? throw new FormatException(loc["Enter a date such as {0}.", Text(new LocalDate(2026, 3, 31))]));

    public static string Text(LocalDate date) => date.ToDateTimeUnspecified().ToString("d", ScheduleTexts.Culture);

    /// <summary>Null: not a date between 1900 and 2200.</summary>
    public static LocalDate? Parse(string? text)
    {
        var culture = ScheduleTexts.Culture;
        var own = culture.DateTimeFormat.ShortDatePattern;
        var shorter = own.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal);
        string[] patterns = ["yyyy-MM-dd", own, shorter];
        return DateTime.TryParseExact(text?.Trim(), patterns, culture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 2200
            ? LocalDate.FromDateTime(date)
            : null;
    }

    /// <summary>Null: not a time of day.</summary>
    public static LocalTime? ParseTime(string? text)
    {
        var plain = (text ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal)
            .Replace(".m.", "m", StringComparison.OrdinalIgnoreCase);
        if (DateTime.TryParseExact(plain, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return LocalDateTime.FromDateTime(clock).TimeOfDay.With(TimeAdjusters.TruncateToMinute);
        }

        var own = LocalTimePattern.Create("t", ScheduleTexts.Culture).Parse(text?.Trim() ?? "");
        return own.Success ? own.Value : null;
    }
}
