using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record ChangePageModel
{
    public required PublicAppointment Appointment { get; init; }

    public required string Path { get; init; }

    /// <summary>The page of the booker's data.</summary>
    public required string DataUrl { get; init; }

    public required PickerQuery Query { get; init; }

    public required VisitorClock Clock { get; init; }

    /// <summary>Why the appointment cannot be moved. Null: it can.</summary>
    public PublicSentence? WhyNot { get; init; }

    public PublicSentence? Problem { get; init; }

    public Picker? Picker { get; init; }
}
