namespace ZoomCalendar.Web.Workspaces;

/// <summary>The addresses of the signed-in pages. Without the sub-account, each redirects to the sub-account last used.</summary>
internal static class AppUrls
{
    public const string Prefix = "/a/{Slug}/";

    public const string Calendar = "calendar";
    public const string SetUp = "set-up";
    public const string Activity = "activity";
    public const string Profile = "profile";
    public const string Integrations = "profile/integrations";
    public const string Security = "profile/security";
    public const string Availability = "profile/availability";
    public const string CalendarSettings = "settings/calendars";
    public const string Team = "settings/team";
    public const string Messages = "settings/messages";
    public const string Privacy = "settings/privacy";
    public const string SecurityLog = "settings/security-log";
    public const string PrivateIntegrations = "settings/private-integrations";
    public const string Help = "help/zoom";

    public static string CalendarSettingsOf(Guid calendar) => $"{CalendarSettings}/{calendar}";

    public static string TeamMember(Guid user) => $"{Team}/{user}";

    public static string In(string slug, string path) => $"/a/{slug}/{path.TrimStart('/')}";
}
