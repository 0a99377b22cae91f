namespace ZoomCalendar.Core.Zoom;

/// <summary>Shortens text to Zoom's limits.</summary>
internal static class ZoomText
{
    /// <summary>Shortens the text to at most <paramref name="longest"/> UTF-16 units. It never splits a surrogate pair.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        return char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
    }
}
