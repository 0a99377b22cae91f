namespace ZoomCalendar.Core.Webhooks;

/// <summary>The one key that this installation signs webhooks with.</summary>
public sealed class SigningKey
{
    public int Id { get; init; } = 1;

    /// <summary>32 bytes, protected by Data Protection.</summary>
    public required string ProtectedSeed { get; init; }
}
