using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

internal sealed record MeetingPage(IReadOnlyList<ZoomMeeting> Meetings, string NextPageToken)
{
    private const int TokenMaxLength = 2_000;

    /// <summary>Null if an entry has no id: what cannot be read could be the very meeting looked for.</summary>
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
