namespace ZoomCalendar.Core.Zoom;

/// <summary>A failed request, classified by <see cref="ZoomErrors"/>.</summary>
public sealed record ZoomError(ZoomErrorKind Kind)
{
    public int? HttpStatus { get; init; }

    /// <summary>Zoom's error code from the body.</summary>
    public int? Code { get; init; }

    /// <summary>Zoom's message, shortened. It may contain names: show it to the account's owner only, and never log it.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<ZoomFieldError> FieldErrors { get; init; } = [];

    /// <summary>How long Zoom asks to wait: more than 0 and at most 24 hours. Null: not given, or not usable.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The id that Zoom's support needs.</summary>
    public string? TrackingId { get; init; }

    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>True if Zoom may have executed the request.</summary>
    public bool MayHaveActed => Kind is ZoomErrorKind.OutcomeUnknown or ZoomErrorKind.ServerError;

    public override string ToString() => $"{Kind} (HTTP {HttpStatus}, code {Code}, tracking id {TrackingId})";
}

/// <summary>One field that Zoom did not accept.</summary>
public sealed record ZoomFieldError(string Field, string Message);
