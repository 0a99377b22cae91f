namespace ZoomCalendar.Core.Appointments;

public enum Refusal
{
    /// <summary>No such thing here; another sub-account's looks the same.</summary>
    NotFound,

    /// <summary>Yours to see, not yours to change.</summary>
    Forbidden,

    /// <summary>Somebody was faster; <see cref="BookingOutcome.Nearest"/> has free times.</summary>
    Taken,

    /// <summary>The rules do not offer this time.</summary>
    NotOffered,

    /// <summary>Somebody else changed it in the meantime.</summary>
    Changed,

    /// <summary>A field is not usable.</summary>
    Invalid,
}

/// <summary>What became of a use case: the appointment, or a refusal in a sentence for the person who asked. Nothing changed if refused.</summary>
public sealed record BookingOutcome
{
    public AppointmentId? AppointmentId { get; private init; }

    public Refusal? Refusal { get; private init; }

    public string Message { get; private init; } = "";

    /// <summary>Free starts near the refused one.</summary>
    public IReadOnlyList<DateTimeOffset> Nearest { get; init; } = [];

    /// <summary>Refused, though the booker has a seat in this slot: for the message to them, not for whoever asked.</summary>
    internal AppointmentId? Seat { get; init; }

    /// <summary>The booker already has a seat in this slot: nothing was booked, and <see cref="AppointmentId"/> is the first one.</summary>
    public bool IsAgain { get; private init; }

    public bool Succeeded => Refusal is null;

    public static BookingOutcome Done(AppointmentId id) => new() { AppointmentId = id };

    public static BookingOutcome Again(AppointmentId id) => new() { AppointmentId = id, IsAgain = true };

    public static BookingOutcome Refused(Refusal refusal, string message) => new() { Refusal = refusal, Message = message };
}
