using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

public sealed record BookRequest
{
    public required CalendarId CalendarId { get; init; }

    /// <summary>Null: the calendar's rules choose (round robin), or there is only one, or none.</summary>
    public UserId? HostId { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Null: the calendar's length.</summary>
    public int? LengthMinutes { get; init; }

    /// <summary>Empty: the booker's name, "Jo Field" say.</summary>
    public string Title { get; init; } = "";

    public string Notes { get; init; } = "";

    public required Booker Booker { get; init; }

    /// <summary>The contact that the booker is, if a program booked.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>An active one.</summary>
    public AppointmentStatus Status { get; init; } = AppointmentStatus.Confirmed;

    /// <summary>The booker's answer where the location asks for one.</summary>
    public string LocationAnswer { get; init; } = "";

    public BookingSource Source { get; init; } = BookingSource.Staff;

    public BookingOverride Override { get; init; }

    /// <summary>Made by the client once per form; the same content twice books once and answers with the first appointment.</summary>
    public Guid? SubmitId { get; init; }

    /// <summary>A fingerprint of the content, see <see cref="Submission"/>.</summary>
    internal string? SubmitHash { get; init; }

    /// <summary>The id under which other content was sent before.</summary>
    internal Guid? FirstSubmitId { get; init; }

    /// <summary>The newest appointment that was booked under the same id with other content.</summary>
    internal AppointmentId? Former { get; init; }

    /// <summary>The place in line whose offered seat it takes.</summary>
    public WaitingId? Offer { get; init; }
}

/// <param name="Version">The appointment's version that the editor saw; another one means that somebody else was faster.</param>
public sealed record EditRequest(AppointmentId Id, int Version)
{
    public required string Title { get; init; }

    public string Notes { get; init; } = "";

    public required Booker Booker { get; init; }

    /// <summary>Null: as it is.</summary>
    public int? LengthMinutes { get; init; }
}

/// <summary>All of a slot to another time.</summary>
public sealed record MoveSlotRequest(Slot Slot, DateTimeOffset Start)
{
    /// <summary>Hours, notice and horizon; a slot cannot be double-booked as a whole.</summary>
    public BookingOverride Override { get; init; }
}

/// <param name="Version">As in <see cref="EditRequest"/>; null: the mover saw nothing (a signed link).</param>
public sealed record MoveRequest(AppointmentId Id, int? Version, DateTimeOffset Start)
{
    /// <summary>Null: keep the host if free, else draw anew (round robin).</summary>
    public UserId? HostId { get; init; }

    public int? LengthMinutes { get; init; }

    public BookingOverride Override { get; init; }

    /// <summary>The zone that the booker chose while rescheduling, IANA id; null or unknown: as it is.</summary>
    public string? BookerTimeZone { get; init; }
}
