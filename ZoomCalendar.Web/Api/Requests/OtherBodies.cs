using System.Text.Json.Serialization;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>A time that nobody may book: of one user, or of one calendar.</summary>
internal sealed record BlockSlot : RequestBody
{
    public string? LocationId { get; init; }

    public string? Title { get; init; }

    public string? CalendarId { get; init; }

    public string? AssignedUserId { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? StartTime { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? EndTime { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Required("locationId", LocationId),
        .. Time("startTime", StartTime),
        .. Time("endTime", EndTime),
        .. !string.IsNullOrEmpty(CalendarId) && !string.IsNullOrEmpty(AssignedUserId)
            ? ["Either calendarId or assignedUserId can be set, not both."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Time(string name, string? text)
    {
        if (text is not null && ApiTime.Read(text) is null)
        {
            yield return $"{name} {ApiTime.Expected}";
        }
    }
}
