using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Integrations;

/// <summary>An idempotency key of an API client. Requests with the same key create one resource; the first request fixes its id.</summary>
public sealed class IdempotencyKey
{
    public const int KeyMaxLength = 255;
    public const int HashLength = 43;

    public required PrivateTokenId TokenId { get; init; }

    public required string Key { get; init; }

    /// <summary>Hash of method, path and body. The same key with another hash is an error of the client.</summary>
    public required string RequestHash { get; init; }

    /// <summary>The id of the resource, assigned before it is created.</summary>
    public required Guid ResourceId { get; init; }

    public required DateTimeOffset At { get; init; }
}
