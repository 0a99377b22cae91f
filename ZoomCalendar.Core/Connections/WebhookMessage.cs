namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A webhook from Zoom, stored before the response and processed afterwards. Its personal data is erased when it is done. The fingerprint
/// stays for a while, so that the same event is not stored twice.
/// </summary>
public sealed class WebhookMessage
{
    public const int FingerprintLength = 64;

    public long Id { get; private init; }

    /// <summary>Hash of event, timestamp and object. Unique.</summary>
    public required string Fingerprint { get; init; }

    public required string Event { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public long? MeetingId { get; init; }

    public string? ZoomUserId { get; init; }

    public string? ClientId { get; init; }

    public DateTimeOffset? DeauthorizedAt { get; init; }

    /// <summary>Null: done. It also serves as the lease: the process that handles the webhook moves it ahead first.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
}
