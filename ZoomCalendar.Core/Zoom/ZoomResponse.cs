namespace ZoomCalendar.Core.Zoom;

/// <summary>The parts of an HTTP response that are used.</summary>
internal sealed record ZoomResponse(int Status)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body exceeded the limit. <see cref="Body"/> is empty then.</summary>
    public bool IsTooLarge { get; init; }

    public string? RateLimitType { get; init; }

    public string? RetryAfter { get; init; }

    public string? TrackingId { get; init; }

    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => Status is >= 200 and <= 299;

    public override string ToString() => $"HTTP {Status}";
}
