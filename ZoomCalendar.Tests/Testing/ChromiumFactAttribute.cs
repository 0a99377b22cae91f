namespace ZoomCalendar.Tests.Testing;

/// <summary>A test that needs a browser. Without one it is skipped with the reason, unless everything is required: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (!File.Exists(Browser.Executable) && !Requirements.AreAll)
        {
            Skip = $"Chromium is not installed at {Browser.Executable}.";
        }
    }
}

internal static class Requirements
{
    /// <summary>Set for a run in which nothing may be skipped.</summary>
    public static bool AreAll => Environment.GetEnvironmentVariable("ZOOMCALENDAR_REQUIRE_ALL") == "1";
}
