using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Meetings;

/// <summary>What a slot's meeting is derived from, as the database has it now: the calendar and the slot's active appointments.</summary>
public sealed record SlotFacts
{
    public required string CalendarName { get; init; }

    public string Description { get; init; } = "";

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What the calendar allows for one slot.</summary>
    public required int SeatsPerSlot { get; init; }

    public MeetingSettings Settings { get; init; } = new();

    /// <summary>Active Zoom appointments, the earliest booked first.</summary>
    public IReadOnlyList<Seat> Seats { get; init; } = [];

    /// <param name="Id">The appointment's.</param>
    /// <param name="Title">As staff see it: their own words, or the booker's name.</param>
    /// <param name="End">The appointment's end.</param>
    /// <param name="BookerData">The booker's name, address and number, known only so that nothing of them is sent.</param>
    public sealed record Seat(AppointmentId Id, string Title, DateTimeOffset End, IReadOnlyList<string>? BookerData = null);
}
