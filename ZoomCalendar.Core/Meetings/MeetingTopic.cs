namespace ZoomCalendar.Core.Meetings;

/// <summary>
/// The meeting's topic in Zoom. On one-seat calendars it is the title given by staff or a program, otherwise the calendar's name. A title
/// that contains a booker's data is not sent.
/// </summary>
public static class MeetingTopic
{
    /// <summary>The topic of a slot's meeting.</summary>
    public static string Of(SlotFacts facts)
    {
        var title = facts is { SeatsPerSlot: 1, Seats: [var first, ..] } ? first.Title.Trim() : "";
        return title.Length > 0 && !facts.Seats.Any(seat => seat.BookerData is { } data && NamesBooker(title, data))
            ? title
            : facts.CalendarName;
    }

    /// <summary>Whether the text contains one of the values as whole words, ignoring case.</summary>
    public static bool NamesBooker(string text, params IEnumerable<string> data) =>
        data.Any(each => ContainsWords(NormalizeSpaces(text), NormalizeSpaces(each)));

    private static bool ContainsWords(string text, string words)
    {
        for (var at = 0; words.Length > 0 && (at = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (at + words.Length == text.Length || !char.IsLetterOrDigit(text[at + words.Length])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with every run of white space as one space, and none at the ends.</summary>
    internal static string NormalizeSpaces(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
