using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>An outgoing webhook: a URL that receives a sub-account's appointment and link events.</summary>
public sealed class Webhook
{
    public const int UrlMaxLength = 1_000;
    public const int MaxPerSubAccount = 20;

    private static readonly TimeSpan[] Backoffs =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    public required WebhookId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required string Url { get; init; }

    /// <summary>The event types, separated by spaces.</summary>
    public required string Types { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest event when it was created. It receives later ones only.</summary>
    public required long AfterEvent { get; init; }

    /// <summary>
    /// The process that sends to this webhook. Only one process sends at a time, one delivery after the other. A claim expires.
    /// </summary>
    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>The number of consecutive attempts that found the receiver unavailable.</summary>
    public int Failures { get; private set; }

    /// <summary>Nothing is sent before this time. Then one delivery is attempted; if it is accepted, the others follow.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    /// <summary>True if it receives events of this type.</summary>
    public bool IsSubscribedTo(WebhookType type) => WebhookTypes.Split(Types).Contains(type);

    /// <summary>
    /// Records the response to a delivery. A delivery stays first in the queue until it is accepted or permanently refused, so events stay
    /// in order.
    /// </summary>
    public void RecordResponse(WebhookResponse response, WebhookDelivery delivery, DateTimeOffset now)
    {
        Failures = response.IsUnavailable ? Failures + 1 : 0;
        RestsUntil = response switch
        {
            { IsAccepted: true } => null,
            { IsUnavailable: true } => now + Backoffs[Math.Min(Failures, Backoffs.Length) - 1],
            _ => delivery.BlocksLaterDeliveries ? delivery.NextAttemptAt : null,
        };
    }

    /// <summary>Ends the claim.</summary>
    public void Release() => (ClaimedBy, ClaimedUntil) = (null, null);
}
