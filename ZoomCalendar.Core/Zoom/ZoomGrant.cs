namespace ZoomCalendar.Core.Zoom;

/// <summary>What an authorization gave us: a pair of tokens, and whose they are.</summary>
public sealed record ZoomGrant(ZoomTokens Tokens, ZoomUser Profile)
{
    public override string ToString() => nameof(ZoomGrant);
}
