namespace ZoomCalendar.Core.Zoom;

/// <summary>An access token, valid for one hour. It may exceed 2 kB. Never printed.</summary>
public readonly record struct AccessToken(string Value)
{
    public override string ToString() => "[redacted]";
}

/// <summary>A refresh token, valid for one refresh within 90 days. Each refresh returns the next one. Never printed.</summary>
public readonly record struct RefreshToken(string Value)
{
    public override string ToString() => "[redacted]";
}

/// <summary>The code that Zoom sends to the redirect address, valid once and for five minutes. Never printed.</summary>
public readonly record struct AuthorizationCode(string Value)
{
    public override string ToString() => "[redacted]";
}
