using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Integrations;

/// <summary>A client's promise that two requests are one: the first decides what the thing created is called.</summary>
public sealed class IdempotencyKey
{
    public const int KeyMaxLength = 255;
    public const int HashLength = 43;

    public required PrivateTokenId TokenId { get; init; }

    public required string Key { get; init; }

    /// <summary>Of method, path and body: the same key with something else is a mistake.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The id of what is created, chosen before it is.</summary>
    public required Guid ResourceId { get; init; }

    public required DateTimeOffset At { get; init; }
}
