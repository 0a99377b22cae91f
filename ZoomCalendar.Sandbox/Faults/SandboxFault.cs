namespace ZoomCalendar.Sandbox;

public enum FaultMode
{
    /// <summary>
    /// Answers <see cref="SandboxFault.Status"/> with Zoom's error body, or with <see cref="SandboxFault.Body"/> as it stands.
    /// </summary>
    Status,

    /// <summary>Cuts the connection without acting.</summary>
    CutBefore,

    /// <summary>Acts, then cuts the connection without an answer.</summary>
    CutAfter,

    /// <summary>Waits <see cref="SandboxFault.DelayMs"/>, then acts and answers. A cancelled request has no effect.</summary>
    Delay,

    /// <summary>As <see cref="Delay"/>, but a cancelled request still takes effect.</summary>
    Late,

    /// <summary>Acts, then waits before answering.</summary>
    DelayAnswer,

    /// <summary>Answers 429 of the kind <see cref="SandboxFault.Limit"/>.</summary>
    RateLimit,

    /// <summary>Acts, then answers with truncated JSON.</summary>
    Malformed,

    /// <summary>Acts, then answers with <see cref="SandboxFault.Size"/> bytes.</summary>
    Enormous,

    /// <summary>Acts, then answers with JSON whose fields have wrong types.</summary>
    WrongTyped,

    /// <summary>Answers 302 to <see cref="SandboxFault.Location"/>.</summary>
    Redirect,

    /// <summary>Acts, then sends the answer byte by byte, <see cref="SandboxFault.DelayMs"/> apart.</summary>
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

/// <summary>A fault for the next matching requests.</summary>
public sealed record SandboxFault
{
    public FaultMode Mode { get; init; } = FaultMode.Status;

    /// <summary>The number of requests it applies to.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The e-mail address of the Zoom user. Null: all users.</summary>
    public string? User { get; init; }

    /// <summary>Null: every kind.</summary>
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

    /// <summary>Whether the request takes effect before the fault. Null: as the mode defines.</summary>
    public bool? ActFirst { get; init; }
}

/// <summary>Random faults. The same seed and order of requests give the same faults.</summary>
public sealed record RandomFaults
{
    public required double Probability { get; init; }

    public int Seed { get; init; }

    /// <summary>Null: every kind.</summary>
    public IReadOnlyList<RequestKind>? Kinds { get; init; }

    /// <summary>The possible faults with equal probability. Null: a mixture of failures before and after acting.</summary>
    public IReadOnlyList<SandboxFault>? Faults { get; init; }
}
