using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record ConfirmedPageModel(PublicAppointment Appointment, string Path)
{
    /// <summary>How its reader reads times.</summary>
    public required VisitorClock Clock { get; init; }

    public required bool IsOver { get; init; }

    /// <summary>The start before it was moved. Null: it was not.</summary>
    public DateTimeOffset? MovedFrom { get; init; }

    /// <summary>Shown after the form. Links that change the booking are only in the message.</summary>
    public bool IsJustBooked { get; init; }

    /// <summary>Null: no longer allowed, see <see cref="WhyNotCancel"/>.</summary>
    public string? CancelUrl { get; init; }

    public PublicSentence? WhyNotCancel { get; init; }

    public string? ChangeUrl { get; init; }

    public PublicSentence? WhyNotMove { get; init; }

    /// <summary>Null on the page after the form: whoever filled it in need not be the booker.</summary>
    public string? DataUrl { get; init; }
}
