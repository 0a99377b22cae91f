using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

public enum ReminderUnit
{
    Minutes = 1,
    Hours = 60,
    Days = 24 * 60,
}

/// <summary>A reminder being edited: a number of minutes, hours or days before the start.</summary>
public sealed class ReminderDraft
{
    public int? Number { get; set; } = 1;

    public ReminderUnit Unit { get; set; } = ReminderUnit.Hours;

    /// <summary>Whether it can be saved.</summary>
    internal bool IsValid => Number * (long)Unit is >= Reminders.MinMinutes and <= Reminders.MaxMinutes;

    /// <summary>In the largest unit in which it is a whole number.</summary>
    public static List<ReminderDraft> Parse(string stored) =>
    [
        .. from minutes in Reminders.Parse(stored)
           let unit = Enum.GetValues<ReminderUnit>().Last(unit => minutes % (int)unit == 0)
           select new ReminderDraft { Number = minutes / (int)unit, Unit = unit },
    ];

    /// <summary>The stored value. Invalid input stays invalid, so that saving reports it.</summary>
    public static string Text(IEnumerable<ReminderDraft> reminders) =>
        string.Join(
            ' ', reminders.Select(reminder => reminder.Number is > 0 and < 50_000 ? $"{reminder.Number * (int)reminder.Unit}" : "?"));
}
