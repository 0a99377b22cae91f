namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>The colours that the staff calendar draws with, by name; <c>--calendar-0</c> and so on in <c>app.css</c>.</summary>
internal static class CalendarColors
{
    public static readonly IReadOnlyList<string> Names = ["Teal", "Blue", "Orange", "Purple", "Sky", "Green", "Red", "Grey"];

    /// <summary>Stored numbers wrap around.</summary>
    public static int IndexOf(int color) => ((color % Names.Count) + Names.Count) % Names.Count;
}
