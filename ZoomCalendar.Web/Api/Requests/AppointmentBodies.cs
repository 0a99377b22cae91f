using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>What creating and changing an appointment have in common.</summary>
internal abstract record AppointmentBody : RequestBody
{
    public string? Title { get; init; }

    /// <summary>zoom, phone, address, custom or booker; must be where this calendar's meetings take place.</summary>
    public string? MeetingLocationType { get; init; }

    public string? MeetingLocationId { get; init; }

    public bool? OverrideLocationConfig { get; init; }

    /// <summary>new, confirmed, cancelled, showed, noshow or invalid.</summary>
    public string? AppointmentStatus { get; init; }

    /// <summary>Who hosts; missing: the calendar chooses.</summary>
    public string? AssignedUserId { get; init; }

    /// <summary>Notes for staff.</summary>
    public string? Description { get; init; }

    /// <summary>Where the booker wants it, on calendars that ask.</summary>
    public string? Address { get; init; }

    /// <summary>Sets the minimum notice and the booking horizon aside.</summary>
    public bool? IgnoreDateRange { get; init; }

    public bool? ToNotify { get; init; }

    /// <summary>Sets opening hours, the slot grid, notice and horizon aside; never seats or other appointments.</summary>
    public bool? IgnoreFreeSlotValidation { get; init; }

    /// <summary>Not available.</summary>
    public JsonElement? Rrule { get; init; }

    public string? CalendarId { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? StartTime { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? EndTime { get; init; }

    [JsonIgnore]
    public DateTimeOffset? Start => ApiTime.Read(StartTime);

    [JsonIgnore]
    public DateTimeOffset? End => ApiTime.Read(EndTime);

    [JsonIgnore]
    public BookingOverride Override =>
        (IgnoreFreeSlotValidation is true ? BookingOverride.Staff : BookingOverride.None)
        | (IgnoreDateRange is true ? BookingOverride.Notice | BookingOverride.Horizon : BookingOverride.None);

    public override IEnumerable<string> Problems() =>
    [
        .. Time("startTime", StartTime, Start),
        .. Time("endTime", EndTime, End),
        .. Status(),
        .. LocationType(),
        .. NotAvailable(Rrule, "rrule is not available: appointments here do not recur. Book each one by itself."),
        .. ToNotify is false ? ["toNotify cannot be false: bookers always hear of their appointments."] : Array.Empty<string>(),
    ];

    private IEnumerable<string> Status()
    {
        if (AppointmentStatus is not null && Names.Status(AppointmentStatus) is null)
        {
            yield return $"appointmentStatus must be one of the following values: {Names.StatusNames}";
        }
    }

    private IEnumerable<string> LocationType()
    {
        switch (MeetingLocationType)
        {
            case "gmeet" or "google" or "ms_teams":
                yield return $"meetingLocationType {MeetingLocationType} is not available: meetings take place on Zoom, by phone, in person or where a custom location says.";
                break;
            case not (null or "" or "default" or "zoom" or "phone" or "address" or "custom" or "booker"):
                yield return "meetingLocationType must be one of the following values: custom, zoom, phone, address, booker";
                break;
        }

        if (MeetingLocationId is not (null or "" or Answers.LocationItem.OnlyMeetingId))
        {
            yield return "meetingLocationId must be one of the calendar's: default";
        }
    }

    private static IEnumerable<string> Time(string name, string? text, DateTimeOffset? read)
    {
        if (text is not null && read is null)
        {
            yield return $"{name} {ApiTime.Expected}";
        }
        else if (read is { } instant && instant.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            yield return $"{name} must be a whole minute";
        }
    }
}

/// <summary>A booking.</summary>
internal sealed record CreateAppointment : AppointmentBody
{
    public string? LocationId { get; init; }

    public string? ContactId { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Required("calendarId", CalendarId),
        .. Required("locationId", LocationId),
        .. Required("contactId", ContactId),
        .. Required("startTime", StartTime),
        .. base.Problems(),
        .. Names.Status(AppointmentStatus) is { } status && !status.IsActive()
            ? [$"appointmentStatus cannot be {AppointmentStatus} for a new appointment"]
            : Array.Empty<string>(),
        .. Start is { } start && End is { } end && end <= start ? ["endTime must be after startTime"] : Array.Empty<string>(),
    ];
}

/// <summary>A change: what is missing stays as it is.</summary>
internal sealed record EditAppointment : AppointmentBody
{
    public string? LocationId { get; init; }

    public string? ContactId { get; init; }
}

/// <summary>The body that clients send with a DELETE.</summary>
internal sealed record EmptyBody : RequestBody;
