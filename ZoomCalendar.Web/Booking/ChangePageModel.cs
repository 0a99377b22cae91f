using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record ChangePageModel
{
    public required PublicAppointment Appointment { get; init; }

    public required string Path { get; init; }

    public required PickerQuery Query { get; init; }

    /// <summary>Why it may not be moved; then there is nothing to choose.</summary>
    public PublicSentence? WhyNot { get; init; }

    public PublicSentence? Problem { get; init; }

    public Picker? Picker { get; init; }
}
