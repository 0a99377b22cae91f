namespace ZoomCalendar.Sandbox;

public enum FaultMode
{
    /// <summary>
    /// SandboxAnswer <see cref="SandboxFault.Status"/> with Zoom's error body, or with <see cref="SandboxFault.Body"/> as it stands.
    /// </summary>
    Status,

    /// <summary>Cut the connection; nothing was done.</summary>
    CutBefore,

    /// <summary>Do what was asked, then cut the connection without an answer.</summary>
    CutAfter,

    /// <summary>Wait <see cref="SandboxFault.DelayMs"/>, then act and answer; a caller who left meanwhile gets nothing done.</summary>
    Delay,

    /// <summary>As <see cref="Delay"/>, but acts even if the caller has left.</summary>
    Late,

    /// <summary>Act, then wait before answering.</summary>
    DelayAnswer,

    /// <summary>SandboxAnswer 429 of the kind <see cref="SandboxFault.Limit"/>.</summary>
    RateLimit,

    /// <summary>Act, then answer with JSON that breaks off.</summary>
    Malformed,

    /// <summary>Act, then answer with <see cref="SandboxFault.Size"/> bytes.</summary>
    Enormous,

    /// <summary>Act, then answer with JSON whose fields have the wrong types.</summary>
    WrongTyped,

    /// <summary>SandboxAnswer 302 to <see cref="SandboxFault.Location"/>.</summary>
    Redirect,

    /// <summary>Act, then send the answer byte by byte, <see cref="SandboxFault.DelayMs"/> apart.</summary>
    Slow,
}

public enum LimitKind
{
    PerSecond,
    DailyMeeting,
    DailyApi,
    Concurrent,
}

public enum RetryAfterForm
{
    None,
    Seconds,
    Instant,
}

/// <summary>What goes wrong with the next requests that fit.</summary>
public sealed record SandboxFault
{
    public FaultMode Mode { get; init; } = FaultMode.Status;

    /// <summary>How many requests it meets before it is used up.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The e-mail of the Zoom user it is for; null is everybody.</summary>
    public string? User { get; init; }

    /// <summary>Null is every kind.</summary>
    public RequestKind? Kind { get; init; }

    public int Status { get; init; } = 500;

    public int? Code { get; init; }

    public string? Message { get; init; }

    public string? Body { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public int DelayMs { get; init; } = 200;

    public LimitKind Limit { get; init; }

    public RetryAfterForm RetryAfter { get; init; }

    public int Size { get; init; } = 32 * 1024 * 1024;

    public string? Location { get; init; }

    /// <summary>Whether the request is acted on before the answer goes wrong; null is as the mode says.</summary>
    public bool? ActFirst { get; init; }
}

/// <summary>Faults that come by chance, the same ones for the same seed and order of requests.</summary>
public sealed record RandomFaults
{
    public required double Probability { get; init; }

    public int Seed { get; init; }

    /// <summary>Null is every kind.</summary>
    public IReadOnlyList<RequestKind>? Kinds { get; init; }

    /// <summary>What may go wrong, each as likely; null is a mixture of failures before and after acting.</summary>
    public IReadOnlyList<SandboxFault>? Faults { get; init; }
}
