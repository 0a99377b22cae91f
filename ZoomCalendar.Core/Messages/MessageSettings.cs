namespace ZoomCalendar.Core.Messages;

public sealed record MessageSettings
{
    /// <summary>How long a confirmation waits for the link before it goes without.</summary>
    public TimeSpan WaitForLink { get; init; } = TimeSpan.FromMinutes(2);
}
