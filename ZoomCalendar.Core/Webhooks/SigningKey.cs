namespace ZoomCalendar.Core.Webhooks;

/// <summary>The key with which this installation signs webhooks. There is one row.</summary>
public sealed class SigningKey
{
    public int Id { get; init; } = 1;

    /// <summary>32 bytes, protected by Data Protection.</summary>
    public required string ProtectedSeed { get; init; }
}
