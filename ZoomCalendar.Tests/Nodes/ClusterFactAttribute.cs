using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// A test that needs nginx, PostgreSQL and a browser. Without one it is skipped with the reason, unless everything is required: then it
/// fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (!Requirements.AreAll)
        {
            Skip = !File.Exists(Nginx.Executable) ? $"nginx is not installed at {Nginx.Executable}."
                : !File.Exists(Browser.Executable) ? $"Chromium is not installed at {Browser.Executable}."
                : PostgreSqlBinaries.WhyMissing;
        }
    }
}
