using System.Text.Json.Serialization;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Web.Api.Answers;

/// <summary>An appointment in a list, or asked for by its id.</summary>
internal sealed record EventItem
{
    public required string Id { get; init; }

    /// <summary>Where it takes place; on Zoom the join link, empty while it is on its way.</summary>
    public required string Address { get; init; }

    public required string Title { get; init; }

    public required string CalendarId { get; init; }

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    /// <summary>Always empty: there are no groups.</summary>
    public string GroupId { get; init; } = "";

    public required string AppointmentStatus { get; init; }

    public required string AssignedUserId { get; init; }

    public required IReadOnlyList<string> Users { get; init; }

    public string? Notes { get; init; }

    public string? Description { get; init; }

    public bool IsRecurring { get; init; }

    public required string StartTime { get; init; }

    public required string EndTime { get; init; }

    public required string DateAdded { get; init; }

    public required string DateUpdated { get; init; }

    public IReadOnlyList<string> AssignedResources { get; init; } = [];

    public CreatedBy? CreatedBy { get; init; }

    public string? MeetingLocationType { get; init; }

    public static EventItem Of(AppointmentView view, DateTimeOffset now)
    {
        var appointment = view.Appointment;
        return new EventItem
        {
            Id = appointment.Id.ToString(),
            Address = AddressOf(view, now),
            Title = appointment.Title,
            CalendarId = appointment.CalendarId.ToString(),
            LocationId = appointment.SubAccountId.ToString(),
            ContactId = ContactIdOf(appointment),
            AppointmentStatus = Names.Of(appointment.Status),
            AssignedUserId = appointment.HostId?.ToString() ?? "",
            Users = [.. view.Users.Select(user => user.ToString())],
            Notes = appointment.Notes,
            Description = appointment.Notes,
            StartTime = ApiTime.Write(appointment.Start, appointment.TimeZone),
            EndTime = ApiTime.Write(appointment.End, appointment.TimeZone),
            DateAdded = ApiTime.Write(appointment.CreatedAt),
            DateUpdated = ApiTime.Write(appointment.UpdatedAt),
            CreatedBy = new CreatedBy { UserId = appointment.BookedBy?.ToString(), Source = SourceOf(appointment.Source) },
            MeetingLocationType = Names.AppointmentKind(appointment.Location.Kind),
        };
    }

    public static EventItem Of(BlockedTime blocked) => new()
    {
        Id = blocked.Id.ToString(),
        Address = "",
        Title = blocked.Title,
        CalendarId = blocked.CalendarId?.ToString() ?? "",
        LocationId = blocked.SubAccountId.ToString(),
        ContactId = "",
        AppointmentStatus = "blocked",
        AssignedUserId = blocked.UserId?.ToString() ?? "",
        Users = [],
        StartTime = ApiTime.Write(blocked.Start, "Etc/UTC"),
        EndTime = ApiTime.Write(blocked.End, "Etc/UTC"),
        DateAdded = ApiTime.Write(blocked.Start),
        DateUpdated = ApiTime.Write(blocked.Start),
    };

    public static string AddressOf(AppointmentView view, DateTimeOffset now) =>
        view.Appointment.Location.IsZoom ? view.Link(now).JoinUrl ?? "" : view.Appointment.Location.Detail;

    /// <summary>A booker who came another way is known by the appointment.</summary>
    public static string ContactIdOf(Appointment appointment) => appointment.ContactId?.ToString() ?? appointment.Id.ToString();

    private static string SourceOf(BookingSource source) => source switch
    {
        BookingSource.Api => "third_party",
        BookingSource.Public => "booking_widget",
        _ => "calendar_page",
    };
}

internal sealed record CreatedBy
{
    public string? UserId { get; init; }

    public required string Source { get; init; }
}

internal sealed record EventAnswer : ApiAnswer
{
    public required EventItem Event { get; init; }
}

internal sealed record EventsAnswer : ApiAnswer
{
    public required IReadOnlyList<EventItem> Events { get; init; }

    /// <summary>Where the next page begins; missing on the last one, and without <c>limit</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextCursor { get; init; }
}

/// <summary>What creating and changing an appointment is answered with.</summary>
internal sealed record AppointmentAnswer : ApiAnswer
{
    public required string Id { get; init; }

    public required string CalendarId { get; init; }

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    public required string StartTime { get; init; }

    public required string EndTime { get; init; }

    public required string Title { get; init; }

    public required string MeetingLocationType { get; init; }

    public required string AppointmentStatus { get; init; }

    public required string AssignedUserId { get; init; }

    public required string Address { get; init; }

    public bool IsRecurring { get; init; }

    public static AppointmentAnswer Of(AppointmentView view, DateTimeOffset now)
    {
        var item = EventItem.Of(view, now);
        return new AppointmentAnswer
        {
            Id = item.Id,
            CalendarId = item.CalendarId,
            LocationId = item.LocationId,
            ContactId = item.ContactId,
            StartTime = item.StartTime,
            EndTime = item.EndTime,
            Title = item.Title,
            MeetingLocationType = item.MeetingLocationType!,
            AppointmentStatus = item.AppointmentStatus,
            AssignedUserId = item.AssignedUserId,
            Address = item.Address,
        };
    }
}

internal sealed record SucceededAnswer : ApiAnswer
{
    public bool Succeeded { get; init; } = true;
}

internal sealed record BlockedSlotAnswer : ApiAnswer
{
    public required string Id { get; init; }

    public required string LocationId { get; init; }

    public required string Title { get; init; }

    public required string StartTime { get; init; }

    public required string EndTime { get; init; }

    public string? CalendarId { get; init; }

    public string? AssignedUserId { get; init; }

    public static BlockedSlotAnswer Of(BlockedTime blocked) => new()
    {
        Id = blocked.Id.ToString(),
        LocationId = blocked.SubAccountId.ToString(),
        Title = blocked.Title,
        StartTime = ApiTime.Write(blocked.Start, "Etc/UTC"),
        EndTime = ApiTime.Write(blocked.End, "Etc/UTC"),
        CalendarId = blocked.CalendarId?.ToString(),
        AssignedUserId = blocked.UserId?.ToString(),
    };
}
