using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Waiting;

public enum WaitingState
{
    Waiting,

    /// <summary>A freed seat is kept for them until they take it, give it up, or their time is over.</summary>
    Offered,
}

/// <summary>
/// Somebody in line for a full slot of a class booking calendar. There is a row only as long as they wait: who got a seat, left, or waited in
/// vain is erased. Each row keeps a seat from everybody else, so that a freed one goes to the next in line.
/// </summary>
public sealed class WaitingEntry
{
    public required WaitingId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required CalendarId CalendarId { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>The form's id if other content was sent under it before; else it is the id of this place.</summary>
    public Guid? FormId { get; init; }

    public required Booker Booker { get; set; }

    /// <summary>One place in line per address and slot.</summary>
    public required string NormalizedEmail { get; init; }

    public string Notes { get; set; } = "";

    public string LocationAnswer { get; set; } = "";

    public WaitingState State { get; private set; }

    public required DateTimeOffset JoinedAt { get; set; }

    public DateTimeOffset? OfferedUntil { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>What it keeps a seat as: see <see cref="BusyTimeRow"/>.</summary>
    public AppointmentId Seat => new(Id.Value);

    public bool IsOver(DateTimeOffset now) => State is WaitingState.Offered && OfferedUntil <= now;

    /// <summary>The same person typed something else.</summary>
    public void Correct(WaitingEntry typed) => (Booker, Notes, LocationAnswer) = (typed.Booker, typed.Notes, typed.LocationAnswer);

    /// <summary>Whose turn it is does not change, nor does an offer.</summary>
    public void TakePlaceOf(WaitingEntry former) => (JoinedAt, State, OfferedUntil) = (former.JoinedAt, former.State, former.OfferedUntil);

    public void Offer(DateTimeOffset until) => (State, OfferedUntil, Version) = (WaitingState.Offered, until, Version + 1);
}
