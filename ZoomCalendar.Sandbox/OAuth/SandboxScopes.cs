namespace ZoomCalendar.Sandbox.OAuth;

internal static class SandboxScopes
{
    public const string CreateMeeting = "meeting:write:meeting";
    public const string UpdateMeeting = "meeting:update:meeting";
    public const string DeleteMeeting = "meeting:delete:meeting";
    public const string ReadMeeting = "meeting:read:meeting";
    public const string ListMeetings = "meeting:read:list_meetings";
    public const string ReadUser = "user:read:user";

    /// <summary>The scopes configured in the Marketplace, with the text of the consent page.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [ReadUser] = "View your name, email address and time zone",
        [CreateMeeting] = "Create meetings for you",
        [UpdateMeeting] = "Change your meetings",
        [DeleteMeeting] = "Delete your meetings",
        [ReadMeeting] = "View a meeting",
        [ListMeetings] = "View the list of your meetings",
    };

    public static IReadOnlyList<string> For(SandboxUser user) => [.. All.Keys.Except(user.WithheldScopes)];

    public static string? NeededFor(RequestKind kind) => kind switch
    {
        RequestKind.Create => CreateMeeting,
        RequestKind.Update => UpdateMeeting,
        RequestKind.Delete => DeleteMeeting,
        RequestKind.Get => ReadMeeting,
        RequestKind.List => ListMeetings,
        RequestKind.Me => ReadUser,
        _ => null,
    };
}
