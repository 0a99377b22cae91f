namespace ZoomCalendar.Core.Zoom;

internal static class ZoomText
{
    /// <summary>At most <paramref name="longest"/> UTF-16 units, never half a surrogate pair.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        return char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
    }
}
