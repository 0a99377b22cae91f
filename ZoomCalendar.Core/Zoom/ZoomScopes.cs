namespace ZoomCalendar.Core.Zoom;

/// <summary>The scopes that the Marketplace app needs. They are not sent: Zoom takes them from the app's configuration.</summary>
public static class ZoomScopes
{
    public static readonly IReadOnlyList<string> Required =
    [
        "meeting:write:meeting",
        "meeting:update:meeting",
        "meeting:delete:meeting",
        "meeting:read:meeting",
        "meeting:read:list_meetings",
        "user:read:user",
    ];

    /// <summary>The required scopes that were not granted, in the order of <see cref="Required"/>.</summary>
    public static IReadOnlyList<string> MissingFrom(IReadOnlySet<string> granted) => [.. Required.Where(scope => !granted.Contains(scope))];

    internal static IReadOnlySet<string> Parse(string? scope) =>
        (scope ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
