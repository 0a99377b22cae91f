using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Web.Booking;

/// <summary>The text of a calendar entry: how to join the meeting, and what the calendar is about.</summary>
internal static class HowToJoin
{
    /// <param name="link">The facts of the link. Without one the text is the description alone.</param>
    /// <param name="description">The calendar's public description.</param>
    public static string WithDescription(LinkFacts link, string description)
    {
        if (link.JoinUrl is not { } join)
        {
            return description;
        }

        List<string> lines = [$"Join Zoom meeting: {join}"];
        if (link.MeetingId is { } id)
        {
            lines.Add($"Meeting ID: {MeetingNumber.Of(id)}");
        }

        if (link.Passcode is { } passcode)
        {
            lines.Add($"Passcode: {passcode}");
        }

        return $"{string.Join('\n', lines)}\n\n{description}".TrimEnd();
    }
}
