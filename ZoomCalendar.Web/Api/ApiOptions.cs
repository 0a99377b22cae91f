namespace ZoomCalendar.Web.Api;

/// <summary>Settings of the HTTP API.</summary>
internal sealed record ApiOptions
{
    public const string SectionName = "Api";

    /// <summary>
    /// Requests of one token (or, without a valid one, of one address) in one window. Each process counts separately.
    /// </summary>
    public int RateLimitMax { get; init; } = 100;

    public int RateLimitIntervalMilliseconds { get; init; } = 10_000;
}
