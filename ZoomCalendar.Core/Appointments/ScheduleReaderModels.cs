using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>What the viewer chose to see. Empty lists mean "all that I may see".</summary>
public sealed record ScheduleFilter
{
    public static readonly ScheduleFilter Everything = new();

    public IReadOnlyList<UserId> Members { get; init; } = [];

    public IReadOnlyList<CalendarId> Calendars { get; init; } = [];

    /// <summary>Part of a title, a booker's name or e-mail; any case.</summary>
    public string Search { get; init; } = "";

    /// <summary>Cancelled and invalid appointments as well.</summary>
    public bool WithCancelled { get; init; }
}

/// <summary>All that lies in one stretch of time, as one person may see it.</summary>
public sealed record ScheduleRange(
    IReadOnlyList<AppointmentCard> Appointments,
    IReadOnlyList<BusyCard> Busy,
    IReadOnlyList<BlockedCard> Blocked)
{
    public static readonly ScheduleRange Empty = new([], [], []);
}

public sealed record AppointmentCard
{
    public required AppointmentId Id { get; init; }

    public required int Version { get; init; }

    public required Slot Slot { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Title { get; init; }

    public required string BookerName { get; init; }

    public required AppointmentStatus Status { get; init; }

    public required MeetingLocation Location { get; init; }

    public required LinkFacts Link { get; init; }

    /// <summary>The viewer may change it; else it is a colleague's, to be read only.</summary>
    public required bool IsMine { get; init; }

    /// <summary>Everybody whose time it takes; more than the host on collective calendars.</summary>
    public IReadOnlyList<UserId> Attending { get; init; } = [];

    public CalendarId CalendarId => Slot.CalendarId;

    public UserId? HostId => Slot.HostId;

    public DateTimeOffset Start => Slot.Start;
}

/// <summary>Time of a member's taken by something that the viewer may not see: nothing but when.</summary>
public sealed record BusyCard(UserId UserId, DateTimeOffset Start, DateTimeOffset End);

/// <param name="UserId">Whose time; null: only <paramref name="CalendarId"/> is blocked.</param>
/// <param name="Title">Empty where it was set in another sub-account.</param>
public sealed record BlockedCard(Guid Id, UserId? UserId, CalendarId? CalendarId, string Title, DateTimeOffset Start, DateTimeOffset End);

/// <summary>Whose appointments and which calendars the viewer may see: the choices of the filters and of the booking dialog.</summary>
public sealed record ScheduleDirectory(IReadOnlyList<ScheduleCalendar> Calendars, IReadOnlyList<ScheduleMember> Members)
{
    public static readonly ScheduleDirectory Empty = new([], []);

    public ScheduleCalendar? Calendar(CalendarId id) => Calendars.FirstOrDefault(calendar => calendar.Id == id);

    public ScheduleMember? Member(UserId? id) => Members.FirstOrDefault(member => member.Id == id);
}

public sealed record ScheduleMember(UserId Id, string Name);

public sealed record ScheduleCalendar
{
    public required CalendarId Id { get; init; }

    public required string Name { get; init; }

    public required CalendarType Type { get; init; }

    public required CalendarVersion Version { get; init; }

    public required string TimeZone { get; init; }

    public required int Color { get; init; }

    public required bool IsArchived { get; init; }

    public required int LengthMinutes { get; init; }

    public required int Seats { get; init; }

    public required IReadOnlyList<UserId> Members { get; init; }

    /// <summary>Whom the viewer may book as host; empty: there is no choice to make.</summary>
    public required IReadOnlyList<UserId> Hosts { get; init; }

    public bool IsBookable => !IsArchived;
}

/// <summary>One appointment with all that its own page shows, and those who share its slot.</summary>
public sealed record AppointmentDetails
{
    public required AppointmentCard Card { get; init; }

    public required Booker Booker { get; init; }

    public required string Notes { get; init; }

    public required string CalendarName { get; init; }

    public required string? HostName { get; init; }

    public required bool DoubleBook { get; init; }

    /// <summary>Where an appointment booked now with this host would take place.</summary>
    public required MeetingLocation PresentLocation { get; init; }

    /// <summary>The app has stopped trying by itself: deleted in Zoom twice, or refused by Zoom.</summary>
    public bool LinkWaitsForStaff => Card.Link.WaitsForStaff;

    /// <summary>The viewer is its host, and connected to the Zoom account that holds the meeting.</summary>
    public bool CanStart { get; init; }

    /// <summary>The viewer may have the confirmation sent once more.</summary>
    public bool CanConfirmAgain { get; init; }

    /// <summary>Active appointments of the same slot, without this one.</summary>
    public required IReadOnlyList<SameSlotAppointment> SameSlot { get; init; }

    /// <summary>Who is in line for a seat in it, for those who may change it.</summary>
    public IReadOnlyList<WaitingPerson> Waiting { get; init; } = [];
}

public sealed record SameSlotAppointment(AppointmentId Id, string Title, string BookerName, AppointmentStatus Status);
