using System.Globalization;

namespace ZoomCalendar.Core.Meetings;

/// <summary>A Zoom meeting id as people read it and type it into Zoom.</summary>
public static class MeetingNumber
{
    /// <summary>The id in groups, as Zoom writes it: 123 456 789, 123 456 7890, 123 4567 8901.</summary>
    public static string Of(long meetingId)
    {
        var digits = meetingId.ToString(CultureInfo.InvariantCulture);
        if (digits.Length <= 6)
        {
            return digits;
        }

        var middle = digits.Length <= 10 ? 6 : 7;
        return string.Join(' ', digits[..3], digits[3..middle], digits[middle..]);
    }
}
