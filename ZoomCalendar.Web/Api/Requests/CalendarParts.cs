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

    /// <summary>Older clients: custom, zoom, phone, address or booker. Use locationConfigurations.</summary>
    public string? MeetingLocationType { get; init; }

    /// <summary>Older clients: the number, address, link or text.</summary>
    public string? MeetingLocation { get; init; }

    /// <summary>Null: nothing is said.</summary>
    [JsonIgnore]
    public Core.Accounts.MeetingLocation? Place => LocationConfigurations is [var place]
        ? place.Place
        : OldKind is { } kind ? new Core.Accounts.MeetingLocation(kind, MeetingLocation ?? "") : null;

    private Core.Accounts.MeetingLocationKind? OldKind => Names.AppointmentLocation(MeetingLocationType);

    public IEnumerable<string> AllProblems() =>
    [
        .. UnknownFields(),
        .. OldLocation(),
        .. Required("teamMembers.userId", UserId),
        .. Priority is null or 0 or 0.5m
            or 1 ? Array.Empty<string>() : ["teamMembers.priority must be one of the following values: 0, 0.5, 1"],
        .. WriteCalendar.Locations("teamMembers.locationConfigurations", LocationConfigurations),
    ];

    private IEnumerable<string> OldLocation()
    {
        var (kind, detail) = (MeetingLocationType is { Length: > 0 }, MeetingLocation is { Length: > 0 });
        if (kind && OldKind is null)
        {
            yield return "teamMembers.meetingLocationType must be one of the following values: custom, zoom, phone, address, booker";
        }

        if (detail && !kind && LocationConfigurations is not [_])
        {
            yield return "teamMembers.meetingLocation says nothing without meetingLocationType. Use locationConfigurations.";
        }

        var differs = LocationConfigurations is [{ } place]
            && ((kind && OldKind != Names.LocationKind(place.Kind)) || (detail && MeetingLocation != place.Location));
        if (differs || (MeetingLocation ?? "").Length > Core.Accounts.MeetingLocation.DetailMaxLength)
        {
            yield return "teamMembers.meetingLocation and meetingLocationType must not say otherwise than locationConfigurations, nor be too long.";
        }
    }
}

internal sealed record LocationBody : RequestBody
{
    /// <summary>zoom_conference, inbound_call, physical, custom or booker.</summary>
    public string? Kind { get; init; }

    public string? Location { get; init; }

    public string? MeetingId { get; init; }

    [JsonIgnore]
    public Core.Accounts.MeetingLocation Place => new(Names.LocationKind(Kind)!.Value, Location ?? "");

    public IEnumerable<string> AllProblems() =>
    [
        .. UnknownFields(),
        .. Kind switch
        {
            "google_conference" or "ms_teams_conference" or "outbound_call" =>
                [$"locationConfigurations.kind {Kind} is not available: use zoom_conference, inbound_call, physical, custom or booker."],
            _ => Names.LocationKind(Kind) is null
                ? ["locationConfigurations.kind must be one of the following values: zoom_conference, inbound_call, physical, custom, booker"]
                : Array.Empty<string>(),
        },
        .. MeetingId is null or "" or Answers.LocationItem.OnlyMeetingId
            ? Array.Empty<string>()
            : ["locationConfigurations.meetingId cannot be chosen: it is default."],
        .. (Location ?? "").Length > Core.Accounts.MeetingLocation.DetailMaxLength
            ? [$"locationConfigurations.location must be shorter than or equal to {Core.Accounts.MeetingLocation.DetailMaxLength} characters"]
            : Array.Empty<string>(),
    ];
}

internal sealed record OpenHourBody : RequestBody
{
    public IReadOnlyList<int>? DaysOfTheWeek { get; init; }

    public IReadOnlyList<HourBody>? Hours { get; init; }
}

internal sealed record HourBody : RequestBody
{
    public int? OpenHour { get; init; }

    public int? OpenMinute { get; init; }

    /// <summary>0:00, 24:00 and 23:60 are the next midnight.</summary>
    public int? CloseHour { get; init; }

    public int? CloseMinute { get; init; }

    [JsonIgnore]
    public int From => Minutes(OpenHour, OpenMinute);

    [JsonIgnore]
    public int Until => Minutes(CloseHour, CloseMinute) is > 0 and var until ? until : Core.Scheduling.OpenHours.NextMidnight;

    [JsonIgnore]
    public bool IsSound => OpenHour is >= 0 and <= 24 && CloseHour is >= 0 and <= 24 && OpenMinute is null or (>= 0 and <= 60)
        && CloseMinute is null or (>= 0 and <= 60)
        && From <= Core.Scheduling.OpenHours.NextMidnight && Until <= Core.Scheduling.OpenHours.NextMidnight;

    public override IEnumerable<string> Problems() => IsSound && Until <= From
        ? [$"hours {Text(OpenHour, OpenMinute)} to {Text(CloseHour, CloseMinute)} end before they begin. Hours over midnight are two windows: until 0:00 on the one day, and from 0:00 on the next day."]
        : [];

    private static int Minutes(int? hour, int? minute) => ((hour ?? 0) * 60) + (minute ?? 0);

    private static string Text(int? hour, int? minute) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hour ?? 0}:{minute ?? 0:00}");
}

internal sealed record AvailabilityBody : RequestBody
{
    public string? Id { get; init; }

    public string? Date { get; init; }

    public IReadOnlyList<HourBody>? Hours { get; init; }

    public bool? Deleted { get; init; }

    public override IEnumerable<string> Problems() =>
        Id is { Length: > 0 } ? ["availabilities.id is not available: a date is known by itself."] : [];

    [JsonIgnore]
    public LocalDate? Day => Date is { Length: >= 10 } && LocalDatePattern.Iso.Parse(Date[..10]) is { Success: true } day
        && day.Value.Year is > 2000 and < 2200 ? day.Value : null;
}
