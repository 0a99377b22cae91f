namespace ZoomCalendar.Core.Meetings;

/// <summary>The effect of disconnecting a user's Zoom account, shown before it is confirmed.</summary>
/// <param name="Email">The Zoom account's e-mail address.</param>
/// <param name="UpcomingAppointments">The user's upcoming Zoom appointments in this sub-account.</param>
/// <param name="WaitingDeletions">Meetings that are still to be deleted in Zoom and would stay there.</param>
/// <param name="IsShared">Another profile uses the same Zoom account. Nothing is sent to Zoom, and its meetings stay managed.</param>
public sealed record DisconnectPreview(string Email, int UpcomingAppointments, int WaitingDeletions, bool IsShared)
{
    /// <summary>Upcoming appointments with a link whose meeting is no longer managed after disconnecting.</summary>
    public int Unmanaged { get; init; }

    /// <summary>Upcoming appointments with a link whose meeting stays managed through another profile's connection.</summary>
    public int Managed { get; init; }

    /// <summary>Upcoming appointments without a link that wait for a new connection after disconnecting.</summary>
    public int WithoutLink { get; init; }

    /// <summary>Upcoming appointments without a link for which none is created, connected or not.</summary>
    public int Stopped { get; init; }
}
