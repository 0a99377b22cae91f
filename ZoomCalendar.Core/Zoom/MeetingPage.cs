using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>One page of the list of meetings.</summary>
internal sealed record MeetingPage(IReadOnlyList<ZoomMeeting> Meetings, string NextPageToken)
{
    private const int TokenMaxLength = 2_000;

    /// <summary>Null if an entry has no id: an unreadable entry could be the meeting that is looked for.</summary>
    public static MeetingPage? Read(JsonElement body, ZoomLinks links)
    {
        if (body.Member("meetings") is not { ValueKind: JsonValueKind.Array } entries)
        {
            return null;
        }

        var meetings = entries.EnumerateArray().Select(entry => ZoomMeeting.ReadListed(entry, links)).ToList();

        return meetings.Contains(null) ? null : new MeetingPage(meetings!, body.ExactText("next_page_token", TokenMaxLength) ?? "");
    }
}
