using System.Text.RegularExpressions;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Meetings;

/// <summary>The first line of the agenda. It identifies a meeting in Zoom as one of this installation.</summary>
public sealed partial record MeetingMarker(string InstallationId, SlotMeetingId SlotMeetingId)
{
    public override string ToString() => $"Ref: zc-{InstallationId}-{SlotMeetingId}";

    /// <summary>Reads the marker; null if the agenda does not begin with one.</summary>
    public static MeetingMarker? Parse(string? agenda) =>
        agenda is not null && Pattern().Match(agenda) is { Success: true } match
            && Guid.TryParseExact(match.Groups[2].Value, "D", out var id)
            ? new MeetingMarker(match.Groups[1].Value, new SlotMeetingId(id))
            : null;

    [GeneratedRegex(@"\ARef: zc-([A-Za-z0-9]{1,20})-([0-9a-f-]{36})(?![0-9a-f-])")]
    private static partial Regex Pattern();
}
