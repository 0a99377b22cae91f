namespace ZoomCalendar.Core.Events;

/// <summary>Details by which events are told apart.</summary>
public static class EventDetails
{
    /// <summary>The last one left an unmanaged meeting: nobody but the host can delete it.</summary>
    public const string DeleteInZoom = "The app no longer managed this meeting, so it is still in Zoom. Its host has to delete it there.";
}
