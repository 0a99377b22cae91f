namespace ZoomCalendar.Core.Zoom;

/// <summary>Opens the Zoom user's account for an hour. Never printed; may exceed 2 kB.</summary>
public readonly record struct AccessToken(string Value)
{
    public override string ToString() => "[redacted]";
}

/// <summary>Good for one refresh within 90 days; each refresh returns the next one. Never printed.</summary>
public readonly record struct RefreshToken(string Value)
{
    public override string ToString() => "[redacted]";
}

/// <summary>What Zoom sends back to the redirect address: one use, five minutes. Never printed.</summary>
public readonly record struct AuthorizationCode(string Value)
{
    public override string ToString() => "[redacted]";
}
