namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A sentence for the booker, who may be anybody. It names no colleague, no other appointment, no other sub-account and no quota.
/// Public pages take this type alone, so that a sentence for staff cannot be printed there by mistake.
/// </summary>
public sealed record PublicSentence(string Text)
{
    public override string ToString() => Text;
}
