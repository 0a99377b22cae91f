namespace ZoomCalendar.Web.Booking;

public sealed record ConfirmedPageModel(PublicAppointment Appointment, string Path)
{
    /// <summary>Whoever sees it typed somebody's e-mail and time, no more is known: the link and the rest went to that e-mail.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Null: not allowed (any more).</summary>
    public string? CancelUrl { get; init; }

    public string? ChangeUrl { get; init; }
}
