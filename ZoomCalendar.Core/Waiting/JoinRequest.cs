using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Waiting;

/// <param name="Id">Made once per form: the same form twice is one place in line.</param>
public sealed record JoinRequest(WaitingId Id, CalendarId CalendarId, DateTimeOffset Start)
{
    public required Booker Booker { get; init; }

    public string Notes { get; init; } = "";

    public string LocationAnswer { get; init; } = "";
}

/// <param name="Refusal">Null: done.</param>
/// <param name="Message">In a sentence for whoever asked.</param>
public sealed record WaitingOutcome(Refusal? Refusal, string Message)
{
    public static readonly WaitingOutcome Done = new(null, "");

    public bool Succeeded => Refusal is null;

    public static WaitingOutcome Refused(Refusal refusal, string message) => new(refusal, message);
}

/// <summary>Somebody in line, as staff see them.</summary>
public sealed record WaitingPerson(WaitingId Id, string Name, string Email, DateTimeOffset? OfferedUntil);

/// <summary>One's own place in line.</summary>
/// <param name="Ahead">How many come first.</param>
public sealed record WaitingPlace(WaitingId Id, CalendarId CalendarId, DateTimeOffset Start, DateTimeOffset End, Booker Booker, int Ahead, DateTimeOffset? OfferedUntil);
