namespace ZoomCalendar.Core.Zoom;

/// <summary>A meeting's settings; null leaves the Zoom user's own default.</summary>
public sealed record ZoomMeetingSettings
{
    public bool? WaitingRoom { get; init; }

    /// <summary>Has no effect with a waiting room; false is sent then.</summary>
    public bool? JoinBeforeHost { get; init; }

    /// <summary>0 (any time), 5 or 10 minutes before the start; sent only where joining before the host is on.</summary>
    public int? JoinBeforeHostMinutes { get; init; }

    public bool? HostVideo { get; init; }

    public bool? ParticipantVideo { get; init; }

    public bool? MuteUponEntry { get; init; }

    public AutoRecording? AutoRecording { get; init; }

    /// <summary>E-mail addresses, separated by semicolons.</summary>
    public string? AlternativeHosts { get; init; }

    public bool? EmailNotification { get; init; }
}

public enum AutoRecording
{
    None,
    Local,
    Cloud,
}
