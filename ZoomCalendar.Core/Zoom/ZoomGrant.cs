namespace ZoomCalendar.Core.Zoom;

/// <summary>The result of an authorization: the tokens, and the Zoom user that they belong to.</summary>
public sealed record ZoomGrant(ZoomTokens Tokens, ZoomUser Profile)
{
    public override string ToString() => nameof(ZoomGrant);
}
