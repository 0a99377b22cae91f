namespace ZoomCalendar.Core.Messages;

/// <summary>Settings of messages.</summary>
public sealed record MessageSettings
{
    /// <summary>How long a confirmation waits for the link before it is sent without.</summary>
    public TimeSpan WaitForLink { get; init; } = TimeSpan.FromMinutes(2);
}
