namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>Where the present request comes from, for the audit log.</summary>
/// <param name="Address">The IP address; empty if the app itself acts.</param>
/// <param name="Device">The User-Agent header of the browser or program.</param>
public sealed record RequestOrigin(string Address, string Device)
{
    private static readonly AsyncLocal<RequestOrigin?> Flow = new();

    public static RequestOrigin None { get; } = new("", "");

    /// <summary>The origin of the request or page event that runs now. It flows with the call, as <c>Activity.Current</c> does.</summary>
    public static RequestOrigin Current
    {
        get => Flow.Value ?? None;
        set => Flow.Value = value;
    }
}
