namespace ZoomCalendar.Core.Meetings;

/// <summary>What the dialog before disconnecting has to say.</summary>
/// <param name="UpcomingAppointments">Of this user here, on Zoom.</param>
/// <param name="WaitingDeletions">Meetings that would stay in Zoom.</param>
/// <param name="IsShared">Another profile uses the same Zoom account: nothing is sent to Zoom, and it goes on looking after the meetings.</param>
public sealed record DisconnectPreview(string Email, int UpcomingAppointments, int WaitingDeletions, bool IsShared)
{
    /// <summary>Of the upcoming ones: with a link whose meeting nobody looks after once the connection has ended.</summary>
    public int Unmanaged { get; init; }

    /// <summary>With a link whose meeting another profile's connection goes on looking after.</summary>
    public int Managed { get; init; }

    /// <summary>Without a link: they have to wait for a connection then.</summary>
    public int WithoutLink { get; init; }

    /// <summary>Without a link, and none is made by itself, connected or not.</summary>
    public int Stopped { get; init; }
}
