namespace ZoomCalendar.Core.Events;

/// <summary>Details by which events are told apart.</summary>
public static class EventDetails
{
    /// <summary>The last one left an unmanaged meeting: nobody but the host can delete it.</summary>
    public const string DeleteInZoom = "The app no longer managed this meeting, so it is still in Zoom. Its host has to delete it there.";

    /// <summary>What follows "Booker changed".</summary>
    public static string OfBooker(string from, string to) => (from.Length, to.Length) switch
    {
        (0, _) => $"from no e-mail address to {to}",
        (_, 0) => $"from {from} to no e-mail address",
        _ => $"from {from} to {to}",
    };
}
