namespace ZoomCalendar.Core.Appointments;

/// <summary>Sentences that several verbs answer with.</summary>
internal static class Texts
{
    public const string Changed = "Somebody else changed this in the meantime. Nothing of yours was saved; look at the present state and try again.";
    public const string NotFound = "There is no such appointment here. It may have been deleted.";
    public const string NoCalendar = "There is no such calendar here.";
    public const string NotYours = "You can see this appointment, but only its host or an admin can change it.";
    public const string OfferOver = "This seat is not kept for you any more: the time to take it is over.";
    public const string Taken = "This time was just taken.";
}
