namespace ZoomCalendar.Web.Booking;

public sealed record ConfirmedPageModel(PublicAppointment Appointment, string Path)
{
    /// <summary>Shown after the form. Links that change the booking are only in the message.</summary>
    public bool IsJustBooked { get; init; }

    /// <summary>Null: no longer allowed.</summary>
    public string? CancelUrl { get; init; }

    public string? ChangeUrl { get; init; }

    /// <summary>Null on the page after the form: whoever filled it in need not be the booker.</summary>
    public string? DataUrl { get; init; }
}
