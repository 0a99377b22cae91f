using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// What became of a use case: the appointment, or a refusal in two sentences, one for staff and one that anybody may read. Nothing changed if refused.
/// </summary>
public sealed record BookingOutcome
{
    public AppointmentId? AppointmentId { get; private init; }

    public Refusal? Refusal { get; private init; }

    /// <summary>With names, times and reasons; empty if it succeeded.</summary>
    public StaffSentence ForStaff { get; private init; } = new("");

    /// <summary>The only one that a public page, a message to a booker or an invitation may say; empty if it succeeded.</summary>
    public PublicSentence ForPublic { get; private init; } = new("");

    /// <summary>Free starts near the refused one.</summary>
    public IReadOnlyList<DateTimeOffset> Nearest { get; init; } = [];

    /// <summary>Refused, though the booker has a seat in this slot: for the message to them, not for whoever asked.</summary>
    internal AppointmentId? Seat { get; init; }

    /// <summary>The booker already has a seat in this slot: nothing was booked, and <see cref="AppointmentId"/> is the first one.</summary>
    public bool IsAlreadyBooked { get; private init; }

    public bool Succeeded => Refusal is null;

    public static BookingOutcome Done(AppointmentId id) => new() { AppointmentId = id };

    public static BookingOutcome AlreadyBooked(AppointmentId id) => new() { AppointmentId = id, IsAlreadyBooked = true };

    /// <summary>A sentence that harms nobody is the same for both.</summary>
    public static BookingOutcome Refused(Refusal refusal, PublicSentence sentence) =>
        new() { Refusal = refusal, ForPublic = sentence, ForStaff = new StaffSentence(sentence.Text) };

    public static BookingOutcome Refused(Refusal refusal, StaffSentence forStaff, PublicSentence forPublic) =>
        new() { Refusal = refusal, ForStaff = forStaff, ForPublic = forPublic };

    /// <summary>For staff; anybody else reads only what kind of refusal it is.</summary>
    public static BookingOutcome Refused(Refusal refusal, string forStaff) => Refused(refusal, new StaffSentence(forStaff), PublicRefusals.Of(refusal));
}
