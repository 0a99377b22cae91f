using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace ZoomCalendar.Web.Api.Requests;

internal sealed record MemberBody : RequestBody
{
    public string? UserId { get; init; }

    /// <summary>0, 0.5 or 1.</summary>
    public decimal? Priority { get; init; }

    public bool? IsPrimary { get; init; }

    public IReadOnlyList<LocationBody>? LocationConfigurations { get; init; }

    public IEnumerable<string> AllProblems() =>
    [
        .. UnknownFields(),
        .. Required("teamMembers.userId", UserId),
        .. Priority is null or 0 or 0.5m or 1 ? Array.Empty<string>() : ["teamMembers.priority must be one of the following values: 0, 0.5, 1"],
        .. WriteCalendar.Locations("teamMembers.locationConfigurations", LocationConfigurations),
    ];

    // Deprecated and read-only: clients send back what they read.
    protected override string? WhyUnknown(string name, System.Text.Json.JsonElement value) =>
        name is "meetingLocationType" or "meetingLocation" ? null : base.WhyUnknown(name, value);
}

internal sealed record LocationBody : RequestBody
{
    /// <summary>zoom_conference, inbound_call, physical, custom or booker.</summary>
    public string? Kind { get; init; }

    public string? Location { get; init; }

    public string? MeetingId { get; init; }

    public IEnumerable<string> AllProblems() =>
    [
        .. UnknownFields(),
        .. Kind switch
        {
            "google_conference" or "ms_teams_conference" or "outbound_call" => [$"locationConfigurations.kind {Kind} is not available: use zoom_conference, inbound_call, physical, custom or booker."],
            _ => Names.LocationKind(Kind) is null ? ["locationConfigurations.kind must be one of the following values: zoom_conference, inbound_call, physical, custom, booker"] : Array.Empty<string>(),
        },
        .. (Location ?? "").Length > Core.Calendars.MeetingLocation.DetailMaxLength ? [$"locationConfigurations.location must be shorter than or equal to {Core.Calendars.MeetingLocation.DetailMaxLength} characters"] : Array.Empty<string>(),
    ];
}

internal sealed record OpenHourBody
{
    public IReadOnlyList<int>? DaysOfTheWeek { get; init; }

    public IReadOnlyList<HourBody>? Hours { get; init; }
}

internal sealed record HourBody
{
    public int OpenHour { get; init; }

    public int OpenMinute { get; init; }

    public int CloseHour { get; init; }

    public int CloseMinute { get; init; }

    [JsonIgnore]
    public int From => (OpenHour * 60) + OpenMinute;

    [JsonIgnore]
    public int Until => (CloseHour * 60) + CloseMinute;

    [JsonIgnore]
    public bool IsSound => OpenHour is >= 0 and <= 24 && CloseHour is >= 0 and <= 24 && OpenMinute is >= 0 and <= 60 && CloseMinute is >= 0 and <= 60
        && From <= Core.Scheduling.OpenHours.NextMidnight && Until <= Core.Scheduling.OpenHours.NextMidnight;
}

internal sealed record AvailabilityBody
{
    public string? Id { get; init; }

    public string? Date { get; init; }

    public IReadOnlyList<HourBody>? Hours { get; init; }

    public bool? Deleted { get; init; }

    [JsonIgnore]
    public LocalDate? Day => Date is { Length: >= 10 } && LocalDatePattern.Iso.Parse(Date[..10]) is { Success: true } day && day.Value.Year is > 2000 and < 2200 ? day.Value : null;
}
