namespace ZoomCalendar.Core.Meetings;

/// <summary>The next step for one slot meeting.</summary>
public abstract record MeetingPlan
{
    private MeetingPlan()
    {
    }

    /// <summary>The step is a request that Zoom counts against the daily quota.</summary>
    public bool IsCounted => this is Create or Update or Delete;

    /// <summary>Create the meeting.</summary>
    public sealed record Create(MeetingContent Content) : MeetingPlan;

    /// <summary>Update the meeting.</summary>
    public sealed record Update(MeetingContent Content) : MeetingPlan;

    /// <summary>Delete the meeting.</summary>
    public sealed record Delete : MeetingPlan;

    /// <summary>Read the meeting from Zoom. Not counted against the quota.</summary>
    public sealed record Inspect : MeetingPlan;

    /// <summary>Do nothing before the given time.</summary>
    public sealed record WaitUntil(WaitingFor Reason, DateTimeOffset When) : MeetingPlan;

    /// <summary>Zoom has what it should have. There is nothing to do.</summary>
    public sealed record None : MeetingPlan;

    /// <summary>No appointment uses the meeting, and nothing has to be deleted in Zoom.</summary>
    public sealed record Drop : MeetingPlan;

    /// <summary>The slot is over and no link was created.</summary>
    public sealed record MarkMissed : MeetingPlan;
}
