using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>A test that needs Node.js and npm. Without them it is skipped with the reason, unless everything is required: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if ((!IsThere("node") || !IsThere("npm")) && !Requirements.AreAll)
        {
            Skip = "Node.js and npm are not installed.";
        }
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".cmd"))));
}
