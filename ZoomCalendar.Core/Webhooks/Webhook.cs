using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>An address outside that is told of a sub-account's appointments and links.</summary>
public sealed class Webhook
{
    public const int UrlMaxLength = 1_000;
    public const int MostPerSubAccount = 20;

    public required WebhookId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required string Url { get; init; }

    /// <summary>Which types, separated by spaces.</summary>
    public required string Types { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest event at its creation: it hears of later ones.</summary>
    public required long AfterEvent { get; init; }

    public bool Hears(WebhookType type) => WebhookTypes.Split(Types).Contains(type);
}
