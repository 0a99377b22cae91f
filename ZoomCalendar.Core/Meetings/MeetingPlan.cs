namespace ZoomCalendar.Core.Meetings;

/// <summary>What comes next for one slot meeting.</summary>
public abstract record MeetingPlan
{
    private MeetingPlan()
    {
    }

    /// <summary>Zoom counts it among the 100 of the day.</summary>
    public bool IsCounted => this is Create or Update or Delete;

    public sealed record Create(MeetingContent Content) : MeetingPlan;

    public sealed record Update(MeetingContent Content) : MeetingPlan;

    public sealed record Delete : MeetingPlan;

    /// <summary>Ask Zoom what is there. Not counted.</summary>
    public sealed record Inspect : MeetingPlan;

    public sealed record WaitUntil(WaitingFor Reason, DateTimeOffset When) : MeetingPlan;

    /// <summary>Zoom has what it should have.</summary>
    public sealed record None : MeetingPlan;

    /// <summary>Nobody wants it, and there is nothing in Zoom that a request should go out for.</summary>
    public sealed record Drop : MeetingPlan;

    /// <summary>It was wanted until it was over.</summary>
    public sealed record MarkMissed : MeetingPlan;
}
