using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Meetings;

/// <summary>The present state of the calendar and of the slot's active appointments, from which the meeting's content is derived.</summary>
public sealed record SlotFacts
{
    public required string CalendarName { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The calendar's time zone, an IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The seats that the calendar allows per slot.</summary>
    public required int SeatsPerSlot { get; init; }

    public MeetingSettings Settings { get; init; } = new();

    /// <summary>The active Zoom appointments of the slot, in the order of booking.</summary>
    public IReadOnlyList<Seat> Seats { get; init; } = [];

    /// <summary>One active appointment of the slot.</summary>
    /// <param name="Id">The appointment's id.</param>
    /// <param name="Title">The title given by staff, or the booker's name.</param>
    /// <param name="End">The appointment's end.</param>
    /// <param name="BookerData">The booker's name, address and number. Used only to keep them out of the topic.</param>
    public sealed record Seat(AppointmentId Id, string Title, DateTimeOffset End, IReadOnlyList<string>? BookerData = null);
}
