using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Refusals shared by several use cases. Those for staff alone are strings.</summary>
internal static class AppointmentTexts
{
    public static readonly PublicSentence Changed = new(
        "Somebody else changed this in the meantime. Your changes were not saved. Check the current state and try again.");
    public static readonly PublicSentence NotFound = new("There is no such appointment here. It may have been deleted.");
    public static readonly PublicSentence NoCalendar = new("There is no such calendar here.");
    public const string NotYours = "You can see this appointment, but only its host or an admin can change it.";
    public static readonly PublicSentence OfferOver = new("This seat is no longer kept for you: the time to take it is over.");
    public const string Taken = "This time was just taken.";
}
