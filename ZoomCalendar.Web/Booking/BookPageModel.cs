using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record BookPageModel
{
    public required PublicCalendar Calendar { get; init; }

    public required Picker Picker { get; init; }

    public required PickerQuery Query { get; init; }

    public required string Address { get; init; }

    /// <summary>The state that the page shows, for the live stream.</summary>
    public string State { get; init; } = "";

    /// <summary>Null until a time is chosen.</summary>
    public BookFormModel? Form { get; init; }

    /// <summary>Why the chosen time cannot be booked.</summary>
    public PublicSentence? Problem { get; init; }
}

public sealed record BookFormModel(BookingForm Typed, Instant At, Instant End)
{
    public PublicSentence? Problem { get; init; }

    /// <summary>What is wrong with single fields.</summary>
    public IReadOnlyDictionary<BookingField, PublicSentence> Errors { get; init; } =
        new Dictionary<BookingField, PublicSentence>();

    /// <summary>The time is full: the form leads to the waiting list.</summary>
    public bool IsForWaiting { get; init; }

    /// <summary>Other times in the same form, so that the input is kept.</summary>
    public IReadOnlyList<Instant> Nearest { get; init; } = [];

    /// <summary>The form of the waiting list, if the chosen time has one.</summary>
    public string? WaitUrl { get; init; }
}
