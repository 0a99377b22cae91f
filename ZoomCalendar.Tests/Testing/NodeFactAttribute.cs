using System.Diagnostics;

namespace ZoomCalendar.Tests.Testing;

/// <summary>A test that needs Node.js with npm. Without them it is skipped with the reason, unless everything is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if ((!Programs.Exists("node") || !Programs.Exists("npm")) && !Requirements.AreAll)
        {
            Skip = "Node.js and npm are not installed.";
        }
    }
}

internal static class Programs
{
    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    public static async Task<string> RunAsync(string program, string folder, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0}", await errors);
        return await output;
    }
}
