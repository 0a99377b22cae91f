namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A sentence for a signed-in member of the sub-account. It may contain names, times and reasons that a booker must not see.
/// </summary>
public sealed record StaffSentence(string Text)
{
    public override string ToString() => Text;
}
