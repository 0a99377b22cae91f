namespace ZoomCalendar.Core.Calendars;

/// <summary>The settings of the calendar's Zoom meetings, sent with each creation and update.</summary>
public sealed record MeetingSettings
{
    public bool WaitingRoom { get; init; } = true;

    /// <summary>Has no effect in Zoom while the waiting room is on.</summary>
    public bool JoinBeforeHost { get; init; }

    public bool MuteUponEntry { get; init; }

    public Recording Recording { get; init; } = Recording.None;

    /// <summary>At most 10 characters. Empty: Zoom generates one.</summary>
    public string Passcode { get; init; } = "";
}
