namespace ZoomCalendar.Web.Booking;

public sealed record ConfirmedPageModel(PublicAppointment Appointment, string Path)
{
    /// <summary>Seen by whoever filled in the form: what changes the booking is in the message.</summary>
    public bool IsJustBooked { get; init; }

    /// <summary>Null: not allowed (any more).</summary>
    public string? CancelUrl { get; init; }

    public string? ChangeUrl { get; init; }
}
