namespace ZoomCalendar.Core.Accounts;

/// <summary>How often something was tried within a window. The key is a hash, so that no address of a stranger is stored.</summary>
public sealed class AttemptCounter
{
    public const int KeyLength = 64;

    public required string Key { get; init; }

    public int Count { get; private set; }

    /// <summary>The end of the window in Unix milliseconds: the counting statement is the same text for both databases.</summary>
    public long EndsAt { get; private set; }
}
