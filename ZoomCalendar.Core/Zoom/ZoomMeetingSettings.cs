namespace ZoomCalendar.Core.Zoom;

/// <summary>The settings of a meeting. Null: the Zoom user's default applies.</summary>
public sealed record ZoomMeetingSettings
{
    public bool? WaitingRoom { get; init; }

    /// <summary>Has no effect with a waiting room, in which case false is sent.</summary>
    public bool? JoinBeforeHost { get; init; }

    /// <summary>Minutes before the start: 0 (any time), 5 or 10. Sent only if joining before the host is on.</summary>
    public int? JoinBeforeHostMinutes { get; init; }

    public bool? HostVideo { get; init; }

    public bool? ParticipantVideo { get; init; }

    public bool? MuteUponEntry { get; init; }

    public AutoRecording? AutoRecording { get; init; }

    /// <summary>E-mail addresses, separated by semicolons.</summary>
    public string? AlternativeHosts { get; init; }

    public bool? EmailNotification { get; init; }
}

/// <summary>Zoom's values of automatic recording.</summary>
public enum AutoRecording
{
    None,
    Local,
    Cloud,
}
