namespace ZoomCalendar.Core.Connections;

/// <summary>
/// A webhook of Zoom's, stored before it is answered and worked on afterwards. What it says of people is erased when it is done;
/// the fingerprint stays for a while, so that the same event is not taken in twice.
/// </summary>
public sealed class WebhookMessage
{
    public const int FingerprintLength = 64;

    public long Id { get; private init; }

    /// <summary>Hash of event, time stamp and object. Unique.</summary>
    public required string Fingerprint { get; init; }

    public required string Event { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public long? MeetingId { get; init; }

    public string? ZoomUserId { get; init; }

    public string? ClientId { get; init; }

    public DateTimeOffset? DeauthorizedAt { get; init; }

    /// <summary>Null: done. Also the lease: who works on it moves this ahead first.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
}
