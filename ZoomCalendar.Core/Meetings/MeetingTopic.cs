namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The topic that Zoom is told: on one-seat calendars the title that staff or a program gave the appointment, else the calendar's name.
/// A title that names a booker of the slot is not sent: bookers' data stay here.
/// </summary>
public static class MeetingTopic
{
    public static string Of(SlotFacts facts)
    {
        var title = facts is { SeatsPerSlot: 1, Seats: [var first, ..] } ? first.Title.Trim() : "";
        return title.Length > 0 && !facts.Seats.Any(seat => seat.BookerData is { } data && NamesBooker(title, data))
            ? title
            : facts.CalendarName;
    }

    /// <summary>Whether a text holds one of the booker's data as whole words, in any case.</summary>
    public static bool NamesBooker(string text, params IEnumerable<string> data) => data.Any(each => Holds(Plain(text), Plain(each)));

    private static bool Holds(string text, string words)
    {
        for (var at = 0; words.Length > 0 && (at = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + words.Length == text.Length || !char.IsLetterOrDigit(text[at + words.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
