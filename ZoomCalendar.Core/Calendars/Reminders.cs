using System.Globalization;

namespace ZoomCalendar.Core.Calendars;

/// <summary>The reminder times of a calendar, stored as minutes before the start, separated by spaces.</summary>
public static class Reminders
{
    public const int MaxLength = 50;
    public const int MaxCount = 5;
    public const int MinMinutes = 5;
    public const int MaxMinutes = 30 * 24 * 60;

    /// <summary>The distinct valid reminder times in minutes, the longest first, at most <see cref="MaxCount"/>.</summary>
    public static IReadOnlyList<int> Parse(string text) => [.. Numbers(text).OfType<int>().Distinct().OrderDescending().Take(MaxCount)];

    /// <returns>The problem in a sentence. Null: valid.</returns>
    public static string? Problem(string text) =>
        Numbers(text).Contains(null) || Numbers(text).Count() > MaxCount
            ? $"Give at most {MaxCount} reminders, each in whole minutes before the start, {MinMinutes} to {MaxMinutes:N0}; for example 1440 60."
            : null;

    private static IEnumerable<int?> Numbers(string text) =>
        text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(
                part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                    && minutes is >= MinMinutes and <= MaxMinutes
                    ? minutes
                    : (int?)null);
}
