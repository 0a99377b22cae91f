namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// A sentence for a booker, who may be anybody. It names no colleague, other appointment, other sub-account or quota. Public pages accept
/// only this type, so a sentence for staff cannot be shown there by mistake.
/// </summary>
public sealed record PublicSentence(string Text)
{
    public override string ToString() => Text;
}
