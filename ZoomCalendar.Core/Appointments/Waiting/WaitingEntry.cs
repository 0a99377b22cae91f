using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>The state of a waiting list entry. Stored as text.</summary>
public enum WaitingState
{
    /// <summary>No seat is free for the person yet.</summary>
    Waiting,

    /// <summary>A freed seat is reserved until the person takes it, leaves, or the offer ends.</summary>
    Offered,
}

/// <summary>
/// A person waiting for a seat in a full slot of a class booking calendar. The row exists only while the person waits. Each row reserves a
/// seat, so that a freed one goes to the next person and not to a visitor.
/// </summary>
public sealed class WaitingEntry
{
    public required WaitingId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required CalendarId CalendarId { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>The form's id if it was used before for other content; null if it is <see cref="Id"/>.</summary>
    public Guid? FormId { get; init; }

    public required Booker Booker { get; set; }

    /// <summary>The normalized address. Unique per slot.</summary>
    public required string NormalizedEmail { get; init; }

    public string Notes { get; set; } = "";

    public string LocationAnswer { get; set; } = "";

    /// <summary>Waiting, or offered a seat.</summary>
    public WaitingState State { get; private set; }

    /// <summary>When the person joined. It decides the order.</summary>
    public required DateTimeOffset JoinedAt { get; set; }

    /// <summary>Until when the seat is reserved; null without an offer.</summary>
    public DateTimeOffset? OfferedUntil { get; private set; }

    /// <summary>The concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>The id under which the reserved seat counts, see <see cref="BusyTimeRow"/>.</summary>
    public AppointmentId Seat => new(Id.Value);

    /// <summary>The offer has ended.</summary>
    public bool IsOver(DateTimeOffset now) => State is WaitingState.Offered && OfferedUntil <= now;

    /// <summary>Takes over the data of the same person's new form.</summary>
    public void Correct(WaitingEntry typed) => (Booker, Notes, LocationAnswer) = (typed.Booker, typed.Notes, typed.LocationAnswer);

    /// <summary>Takes over the position and the offer of the same person's former entry.</summary>
    public void TakePlaceOf(WaitingEntry former) => (JoinedAt, State, OfferedUntil) = (former.JoinedAt, former.State, former.OfferedUntil);

    /// <summary>Reserves a freed seat until the given time.</summary>
    public void Offer(DateTimeOffset until) => (State, OfferedUntil, Version) = (WaitingState.Offered, until, Version + 1);
}
