using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The outcome of a use case: the appointment, or a refusal with one sentence for staff and one for bookers. A refused use case changed
/// nothing.
/// </summary>
public sealed record BookingOutcome
{
    /// <summary>The appointment; null if refused.</summary>
    public AppointmentId? AppointmentId { get; private init; }

    /// <summary>The kind of refusal; null if the use case succeeded.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The refusal for staff, with names, times and reasons; empty if the use case succeeded.</summary>
    public StaffSentence ForStaff { get; private init; } = new("");

    /// <summary>The refusal for public pages and messages to bookers; empty if the use case succeeded.</summary>
    public PublicSentence ForPublic { get; private init; } = new("");

    /// <summary>Free starts near the refused one, in order.</summary>
    public IReadOnlyList<DateTimeOffset> Nearest { get; init; } = [];

    /// <summary>
    /// The booker's existing seat in the refused slot. Only for the message to the booker, not for the sender of the form.
    /// </summary>
    internal AppointmentId? Seat { get; init; }

    /// <summary>
    /// The booker already has a seat in this slot. Nothing was booked, and <see cref="AppointmentId"/> is the existing appointment.
    /// </summary>
    public bool IsAlreadyBooked { get; private init; }

    public bool Succeeded => Refusal is null;

    /// <summary>The use case succeeded.</summary>
    public static BookingOutcome Done(AppointmentId id) => new() { AppointmentId = id };

    /// <summary>The booker already has this appointment in the slot.</summary>
    public static BookingOutcome AlreadyBooked(AppointmentId id) => new() { AppointmentId = id, IsAlreadyBooked = true };

    /// <summary>A refusal with the same sentence for staff and bookers.</summary>
    public static BookingOutcome Refused(Refusal refusal, PublicSentence sentence) =>
        new() { Refusal = refusal, ForPublic = sentence, ForStaff = new StaffSentence(sentence.Text) };

    /// <summary>A refusal with one sentence for staff and one for bookers.</summary>
    public static BookingOutcome Refused(Refusal refusal, StaffSentence forStaff, PublicSentence forPublic) =>
        new() { Refusal = refusal, ForStaff = forStaff, ForPublic = forPublic };

    /// <summary>A refusal for staff. Bookers read the general sentence of <see cref="PublicRefusals"/>.</summary>
    public static BookingOutcome Refused(Refusal refusal, string forStaff) =>
        Refused(refusal, new StaffSentence(forStaff), PublicRefusals.Of(refusal));
}
