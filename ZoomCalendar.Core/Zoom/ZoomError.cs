namespace ZoomCalendar.Core.Zoom;

/// <summary>A failed request, classified by <see cref="ZoomErrors"/>.</summary>
public sealed record ZoomError(ZoomErrorKind Kind)
{
    public int? HttpStatus { get; init; }

    /// <summary>Zoom's own number in the body.</summary>
    public int? Code { get; init; }

    /// <summary>Zoom's words, cut short. They may name people: show them to the account's owner, never log them.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<ZoomFieldError> FieldErrors { get; init; } = [];

    /// <summary>How long Zoom asks to wait; null if it did not say, or nothing usable. Between 0 (exclusive) and 24 hours.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What Zoom's support asks for.</summary>
    public string? TrackingId { get; init; }

    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>Zoom may have done what was asked although we were not told so.</summary>
    public bool MayHaveActed => Kind is ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError;

    public override string ToString() => $"{Kind} (HTTP {HttpStatus}, code {Code}, tracking id {TrackingId})";
}

/// <summary>One field that Zoom did not accept.</summary>
public sealed record ZoomFieldError(string Field, string Message);
