using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>An address outside that is told of a sub-account's appointments and links.</summary>
public sealed class Webhook
{
    public const int UrlMaxLength = 1_000;
    public const int MaxPerSubAccount = 20;

    private static readonly TimeSpan[] Rests =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    public required WebhookId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required string Url { get; init; }

    /// <summary>Which types, separated by spaces.</summary>
    public required string Types { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest event at its creation: it hears of later ones.</summary>
    public required long AfterEvent { get; init; }

    /// <summary>One process sends to it at a time, one delivery after the other; a dead process's claim lapses.</summary>
    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>How often in a row it could not be reached or was not able to answer.</summary>
    public int Failures { get; private set; }

    /// <summary>Nothing is sent before then. Afterwards one delivery is tried: if it is taken, the others follow.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    public bool IsSubscribedTo(WebhookType type) => WebhookTypes.Split(Types).Contains(type);

    /// <summary>What came of a delivery, which stays the first in line until it is taken or refused for good: the order of events is kept.</summary>
    public void RecordResponse(WebhookResponse reply, WebhookDelivery delivery, DateTimeOffset now)
    {
        Failures = reply.IsUnavailable ? Failures + 1 : 0;
        RestsUntil = reply switch
        {
            { IsAccepted: true } => null,
            { IsUnavailable: true } => now + Rests[Math.Min(Failures, Rests.Length) - 1],
            _ => delivery.BlocksLaterDeliveries ? delivery.NextAttemptAt : null,
        };
    }

    public void Release() => (ClaimedBy, ClaimedUntil) = (null, null);
}
